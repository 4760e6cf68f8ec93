import { timeSpan } from '../../lab-pane/time-span.ts';
import type { CareTexts } from './texts.ts';

const UNITS = { seconds: '초', minutes: '분', hours: '시간' } as const;

export const CARE_KO: CareTexts = {
  bar: {
    label: '실습 환경 관리',
    chosen: (learners, labs) => `선택한 학습자 ${learners}명 · 열린 실습 환경 ${labs}개`,
    everybody: (learners, labs) => `전체 학습자 ${learners}명 · 열린 실습 환경 ${labs}개`,
    action: {
      reset: '초기화',
      prepare: '실습 준비',
      pause: '일시 중지',
      resume: '다시 깨우기',
      close: '닫기',
      extend: '시간 늘리기',
    },
    nothing: {
      reset: '열린 실습 환경이 없어요',
      prepare: '학습자가 없어요',
      pause: '실행 중인 실습 환경이 없어요',
      resume: '일시 중지된 실습 환경이 없어요',
      close: '열린 실습 환경이 없어요',
      extend: '열린 실습 환경이 없어요',
    },
  },
  dialog: {
    title: {
      reset: (labs) => `실습 환경 ${labs}개를 초기화할까요?`,
      prepare: (_labs, learners) => `학습자 ${learners}명의 실습을 준비할까요?`,
      pause: (labs) => `실습 환경 ${labs}개를 일시 중지할까요?`,
      resume: (labs) => `실습 환경 ${labs}개를 다시 깨울까요?`,
      close: (labs) => `실습 환경 ${labs}개를 닫을까요?`,
      extend: (labs) => `실습 환경 ${labs}개를 더 오래 켜 둘까요?`,
    },
    body: {
      reset:
        '환경을 버리고 처음 상태로 새로 만들어요. 실행 중인 서비스와 컨테이너, 노드에 만든 파일, 터미널의 내용은 사라지고 진행 상황은 그대로 남아요.',
      prepare:
        '환경을 새로 만들어 고른 실습의 시작 상태로 가져가요. 열려 있던 환경의 서비스와 파일, 터미널의 내용은 사라지고 진행 상황은 그대로 남아요.',
      pause:
        '환경을 그대로 얼려서 터미널이 멈춰요. 사라지는 것은 없고, 학습자나 강사가 다시 깨우면 멈춘 곳에서 이어져요.',
      resume: '멈춘 곳에서 그대로 이어져요.',
      close:
        '환경이 지워져요. 서비스와 파일, 터미널의 내용은 사라지고 진행 상황은 그대로 남아요. 학습자는 언제든 새로 시작할 수 있어요.',
      extend: '그때까지는 자리를 비워도 멈추거나 닫히지 않아요. 그만큼 컴퓨터의 메모리를 계속 써요.',
    },
    confirm: {
      reset: (labs) => `${labs}개 초기화`,
      prepare: (labs) => `${labs}명 준비`,
      pause: (labs) => `${labs}개 일시 중지`,
      resume: (labs) => `${labs}개 깨우기`,
      close: (labs) => `${labs}개 닫기`,
      extend: (labs) => `${labs}개 시간 늘리기`,
    },
    whose: '대상',
    more: (count) => `외 ${count}명`,
    withoutLab: (count) => `열린 실습 환경이 없는 ${count}명은 건너뛰어요.`,
    labs: '실습 환경',
    exercise: '준비할 실습',
    lesson: (lesson) => `${lesson}절`,
    extra: (title) => `${title} (더 해 보기)`,
    open: (lab, count) => `‘${lab}’ 환경을 열어 둔 ${count}명은 새로 만들어요.`,
    startMissing: (count) => `이 환경이 없는 ${count}명에게는 새로 열어 주기`,
    startMissingHint:
      '끄면 건너뛰어요. 아직 반에 들어오지 않은 학습자는 어느 쪽이든 건너뛰어요. 자리가 모자라면 대기열에 들어가요.',
    until: '언제까지',
    untilHint: (zone) => `시간대: ${zone}. 길게는 일주일까지예요.`,
    reason: '이유 (선택)',
    reasonHint: '학습자의 화면에 강사 이름과 함께 보여요.',
    reasonExample: {
      reset: '예: 14.3 실습을 다 같이 새로 시작해요',
      prepare: '예: 이제 14.3 실습을 함께 해 봐요',
      pause: '예: 10분 쉬었다가 해요',
      resume: '예: 이어서 할게요',
      close: '예: 오늘 수업은 여기까지예요',
      extend: '예: 점심 먹고 이어서 해요',
    },
  },
  panel: {
    title: '실습 환경 작업',
    round: {
      reset: '초기화',
      prepare: '실습 준비',
      pause: '일시 중지',
      resume: '다시 깨우기',
      close: '닫기',
      extend: '시간 늘리기',
    },
    prepared: (exercise) => `‘${exercise}’ 준비`,
    until: (time) => `${time}까지`,
    by: (name, time) => `${name} · ${time}`,
    reason: (reason) => `이유: ${reason}`,
    waiting: '앞의 작업이 끝나기를 기다려요',
    progress: (over, all) => `${all}개 중 ${over}개 끝남`,
    left: (span) => `약 ${span} 남음`,
    counts: {
      done: (count) => `완료 ${count}`,
      queued: (count) => `대기열 ${count}`,
      failed: (count) => `실패 ${count}`,
      skipped: (count) => `건너뜀 ${count}`,
    },
    allDone: '모두 끝났어요',
    cancelled: '취소했어요',
    cancel: '나머지 취소',
    again: (count) => `못 한 ${count}개 다시 하기`,
    dismiss: '목록에서 치우기',
    earlier: (count) => `지난 작업 ${count}건`,
    each: '학습자별 결과',
    state: {
      waiting: '차례 기다림',
      running: '하는 중',
      done: '완료',
      queued: '대기열',
      failed: '실패',
      skipped: '건너뜀',
    },
    leftOut: '차례가 오기 전에 취소됐어요.',
    gone: '반에 없는 학습자',
    queued: '빈자리를 기다려요. 차례가 되면 준비된 상태로 저절로 시작해요.',
    reconnecting: '연결이 끊겨서 다시 연결하고 있어요. 작업은 서버에서 계속돼요.',
  },
  problems: {
    LAB_SESSION_UNKNOWN: '그사이에 실습 환경이 닫혔어요.',
    LAB_NOT_READY: '제때 준비되지 않았거나, 지금 상태에서는 할 수 없는 일이에요.',
    LAB_BUSY: '다른 작업이 끝나지 않아서 하지 못했어요.',
    LAB_START_FAILED: '실습 환경이 시작되지 않았어요. 다시 하기를 눌러 주세요.',
    LAB_LIMIT_REACHED: '학습자가 쓰고 있는 실습 환경이 이미 {limit}개예요. 하나를 닫아야 열 수 있어요.',
    LAB_ALREADY_WAITING: '다른 실습 환경의 대기열에 이미 있어요.',
    LAB_CAPACITY_REACHED: '실습 환경을 더 열 자리가 없어요(지금 {running}개, 최대 {limit}개).',
  },
  span: (ms) => {
    const { count, unit } = timeSpan(ms);
    return `${count}${UNITS[unit]}`;
  },
  labs: {
    column: '실습 환경',
    none: '없음',
    state: {
      provisioning: '여는 중',
      ready: '실행 중',
      paused: '일시 중지',
      resuming: '깨우는 중',
      resetting: '초기화 중',
      failed: '오류',
      closed: '닫힘',
    },
  },
};
