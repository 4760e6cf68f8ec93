import type { QueueTexts } from './queue-texts.ts';
import { timeSpan } from './time-span.ts';

const UNITS = { seconds: '초', minutes: '분', hours: '시간' } as const;

export const QUEUE_KO: QueueTexts = {
  title: '빈자리를 기다리고 있어요',
  positionLabel: '대기 순서',
  position: (position, waiting) => `${position}번째 (모두 ${waiting}명)`,
  expectedLabel: '예상 대기 시간',
  expected: (span) => `약 ${span}`,
  unknown: '알 수 없어요',
  elapsedLabel: '기다린 시간',
  lacks: {
    turn: () => '자리는 있어요. 앞의 실습 환경이 켜지는 대로 시작해요.',
    places: (open) => `실습 환경 자리 ${open}개를 모두 쓰고 있어요.`,
    memory: (open) => `실습 환경이 ${open}개 열려 있고, 하나를 더 열 메모리가 없어요.`,
    disk: (open) => `실습 환경이 ${open}개 열려 있고, 하나를 더 열 디스크 공간이 없어요.`,
  },
  comesFree: (idle) => `누가 실습 환경을 닫거나 ${idle} 동안 아무도 쓰지 않으면 자리가 나요.`,
  stay: '차례가 되면 저절로 시작해요. 이 페이지를 2분 넘게 닫아 두면 대기열에서 빠져요.',
  leave: '대기열에서 나가기',
  leaveOther: (lab) => `‘${lab}’ 대기열에서 나가기`,
  announce: (position) => `빈자리를 기다리고 있어요. 대기 순서는 ${position}번째예요.`,
  span: (ms) => {
    const { count, unit } = timeSpan(ms);
    return `${count}${UNITS[unit]}`;
  },
  reasons: {
    idlePaused: (span) => `${span} 동안 아무도 쓰지 않아서 일시 중지됐어요.`,
    idleClosed: (span) => `${span} 동안 아무도 쓰지 않아서 닫혔어요.`,
    instructorPaused: (name) => `${name} 강사가 실습 환경을 일시 중지했어요.`,
    instructorClosed: (name) => `${name} 강사가 실습 환경을 닫았어요.`,
    instructorReason: (reason) => `이유: ${reason}`,
    room: (lab) => `‘${lab}’ 실습 환경을 열 자리가 없어서, 쓰지 않던 이 환경이 닫혔어요.`,
    leftQueue: (span) => `기다리는 동안 페이지가 ${span} 넘게 닫혀 있어서 대기열에서 빠졌어요.`,
    serverStopped: '서버가 멈출 때 실습 환경도 함께 닫혔어요.',
    lost: '서버가 다시 시작됐을 때 이 실습 환경을 이어받을 수 없어서 닫았어요.',
  },
};
