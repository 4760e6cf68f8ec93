import type { LocalizedText } from './language.ts';

/**
 * Everything that is kept of people, in words: the privacy page shows it, and a test holds it against the database. A
 * table or column that is new must be named here before anything can be written to it.
 */
export interface StoredData {
  readonly id: string;
  /** Columns by table; none for what lies outside the database. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  readonly what: LocalizedText;
  readonly why: LocalizedText;
  readonly until: LocalizedText;
  readonly seenBy: LocalizedText;
}

const YOU_AND_INSTRUCTORS: LocalizedText = {
  ko: '나, 우리 반 강사, 서버 운영자',
  en: 'You, the instructors of your class, the operator',
};
const OPERATOR: LocalizedText = { ko: '서버 운영자', en: 'The operator' };
const UNTIL_DELETED: LocalizedText = {
  ko: '내가 데이터를 지우거나 강사가 나를 명단에서 데이터와 함께 지울 때까지, 또는 반이 삭제될 때까지. 운영자가 보관 기간을 정해 두었다면 그 기간 동안 들어오지 않았을 때도 지워져요',
  en: 'Until you delete your data, an instructor removes you with your data, or the class is deleted; where the operator has set a limit, also after so many days without a visit',
};

export const STORED_DATA: readonly StoredData[] = [
  {
    id: 'person',
    tables: {
      learner: ['id', 'name', 'created_at_ms'],
      enrolment: [
        'learner_id',
        'cohort_id',
        'name_key',
        'return_code_hash',
        'created_at_ms',
        'joined_at_ms',
        'removed_at_ms',
        'merged_into',
      ],
    },
    what: {
      ko: '참가할 때 적은 이름, 참가한 반과 시각, 복귀 코드의 해시(코드 자체는 저장하지 않아요)',
      en: 'The name you gave when you joined, your class and when you joined it, and a hash of your return code (never the code)',
    },
    why: { ko: '누구의 실습인지 구분하려고', en: 'To tell whose work is whose' },
    until: UNTIL_DELETED,
    seenBy: YOU_AND_INSTRUCTORS,
  },
  {
    id: 'progress',
    tables: {
      attempt: [
        'id',
        'learner_id',
        'exercise_id',
        'exercise_revision',
        'lab_session_id',
        'trigger',
        'passed',
        'verdict_json',
        'at_ms',
      ],
      help_shown: ['learner_id', 'exercise_id', 'hints', 'solution_at_ms'],
    },
    what: {
      ko: '실습을 확인한 결과와 시각, 그때 스웜에서 본 값, 펼쳐 본 힌트와 풀이',
      en: 'Results of your exercises with their times, what was seen of the swarm then, and the hints and solutions you opened',
    },
    why: {
      ko: '진행 상황을 보여 주고 이어서 하게 하려고',
      en: 'To show your progress and to let you go on from there',
    },
    until: UNTIL_DELETED,
    seenBy: YOU_AND_INSTRUCTORS,
  },
  {
    id: 'labs',
    tables: {
      lab_session: [
        'id',
        'learner_id',
        'lab_id',
        'environment_id',
        'generation',
        'state',
        'active_exercise_id',
        'created_at_ms',
        'changed_at_ms',
        'node_conditions_json',
        'why_json',
        'keep_until_ms',
      ],
      exercise_start: ['lab_session_id', 'generation', 'exercise_id', 'start_json', 'answers_json'],
      exercise_trial: ['lab_session_id', 'trial_json'],
      history_entry: ['lab_session_id', 'generation', 'seq', 'entry_json'],
    },
    what: {
      ko: '열었던 실습 환경과 그 상태, 스웜에서 일어난 변화(서비스·태스크·노드의 이름과 상태), 맞힌 질문의 답, 지금 하는 실습을 시작한 시각과 마지막으로 진전이 있던 시각',
      en: 'The labs you opened and their state, what changed in their swarms (names and states of services, tasks and nodes), your right answers to questions, and when you began the exercise at hand and last got further in it',
    },
    why: {
      ko: '채점하고, 누가 막혔는지 강사에게 알리고, 서버가 다시 켜져도 실습이 이어지게 하려고',
      en: 'For grading, to show instructors who is stuck, and so that a lab survives a restart of the server',
    },
    until: {
      ko: '초기화하면 이전 변화 기록은 지워져요. 나머지는 데이터를 지울 때까지예요',
      en: 'A reset removes the earlier changes; the rest stays until your data is deleted',
    },
    seenBy: YOU_AND_INSTRUCTORS,
  },
  {
    id: 'rollouts',
    tables: {
      rollout: [
        'id',
        'learner_id',
        'lab_session_id',
        'generation',
        'service_id',
        'seq',
        'started_at_ms',
        'rollout_json',
        'entries_json',
      ],
    },
    what: {
      ko: '끝난 배포마다 서비스, 이미지, 업데이트 설정, 결과와 그동안 스웜에서 일어난 변화. 최근 40개까지예요',
      en: 'For every rollout that is over, its service, images, update settings, outcome and what changed in the swarm meanwhile; the last 40 of them',
    },
    why: {
      ko: '초기화한 뒤에도 타임라인에서 배포를 비교할 수 있게 하려고',
      en: 'So that the timeline can compare rollouts, also after a reset',
    },
    until: UNTIL_DELETED,
    seenBy: YOU_AND_INSTRUCTORS,
  },
  {
    id: 'care',
    tables: {
      warm_plan: ['id', 'scope', 'lab_id', 'count', 'at_ms', 'until_ms', 'asked_by'],
      care_round: ['scope', 'id', 'asked_at_ms', 'round_json'],
    },
    what: {
      ko: '여러 실습 환경을 한꺼번에 초기화하거나 닫은 기록(누가 언제 왜 했는지, 환경마다의 결과)과 수업 전에 미리 켜 둘 환경의 계획',
      en: 'What was done to many labs at once (by whom, when, why, and what came of each), and plans for labs to be ready before a class',
    },
    why: {
      ko: '서버가 다시 켜져도 하던 일을 마치고, 결과를 볼 수 있게 하려고',
      en: 'So that a restart of the server goes on with it, and the results can be read',
    },
    until: { ko: '최근 50건까지예요', en: 'The last 50 are kept' },
    seenBy: YOU_AND_INSTRUCTORS,
  },
  {
    id: 'help',
    tables: {
      raised_hand: [
        'id',
        'learner_id',
        'exercise_id',
        'words',
        'since_ms',
        'taken_by',
        'taken_at_ms',
        'answered_at_ms',
        'answered_by',
      ],
      class_message: ['id', 'cohort_id', 'by_name', 'text', 'to_all', 'sent_at_ms', 'until_ms'],
      class_message_to: ['message_id', 'learner_id', 'read_at_ms'],
      cohort_unlock: ['cohort_id', 'exercise_id', 'hints', 'solution'],
      learner_unlock: ['learner_id', 'exercise_id', 'hints', 'solution'],
    },
    what: {
      ko: '손을 든 시각과 그때의 실습, 함께 적은 말, 도와준 강사. 강사가 보낸 메시지와 내가 읽은 시각. 강사가 열어 준 힌트와 풀이',
      en: 'When you raised a hand, at which exercise, with which words, and which instructor answered; messages from instructors and when you read them; hints and solutions that instructors unlocked',
    },
    why: {
      ko: '차례대로 도와주고, 자리에 없던 사람도 메시지를 받게 하려고',
      en: 'So that help comes in turn, and messages reach those who were away',
    },
    until: {
      ko: '손을 든 기록은 내린 지 7일까지, 메시지는 보낸 지 하루까지예요. 나머지는 데이터를 지울 때까지예요',
      en: 'Hands for seven days after they were lowered, messages for one day; the rest until your data is deleted',
    },
    seenBy: YOU_AND_INSTRUCTORS,
  },
  {
    id: 'lab-disks',
    tables: {},
    what: {
      ko: '실습 환경 안의 파일, 이미지, 컨테이너',
      en: 'Files, images and containers inside your lab',
    },
    why: { ko: '실습하려고', en: 'They are your lab' },
    until: { ko: '환경을 닫거나 초기화할 때까지', en: 'Until the lab is closed or reset' },
    seenBy: OPERATOR,
  },
  {
    id: 'terminals',
    tables: {},
    what: {
      ko: '터미널에 보이는 내용은 데이터베이스나 로그에 저장하지 않아요. 터미널이 열려 있는 동안 최근 화면이 서버 메모리에 있어요. 서버를 실습 환경과 함께 계획대로 다시 시작할 때만 그 화면이 파일에 잠깐 저장돼요',
      en: 'What terminals show is stored in no database and no log. While a terminal is open, its recent screen is in the server’s memory. Only when the server is restarted on purpose with labs kept does that screen go to a file for the time between',
    },
    why: {
      ko: '페이지를 새로 고치거나 서버를 다시 켜도 화면이 돌아오게 하려고',
      en: 'So that the screen comes back after a reload or a restart',
    },
    until: {
      ko: '파일은 다시 연결하면서 읽는 순간 지워지고, 남은 것은 그다음에 서버를 켤 때 모두 지워져요',
      en: 'The file is deleted as it is read on the way back; any that is left goes when the server starts',
    },
    seenBy: {
      ko: '나와 서버 운영자예요. 강사가 화면을 보려면 내 동의나 반의 정책이 필요하고, 보는 동안 늘 표시돼요',
      en: 'You and the operator. An instructor needs your consent or the policy of the class to watch, and you always see it',
    },
  },
  {
    id: 'sign-in',
    tables: {
      login_session: ['token_hash', 'learner_id', 'instructor_id', 'created_at_ms', 'last_seen_at_ms'],
      launch_token: ['token_hash', 'learner_id', 'expires_at_ms'],
    },
    what: {
      ko: '로그인한 브라우저마다 쿠키의 해시, 로그인한 시각과 마지막으로 본 시각',
      en: 'For every browser that is signed in, a hash of its cookie, when it signed in and when it was last seen',
    },
    why: { ko: '로그인을 유지하려고', en: 'To keep you signed in' },
    until: {
      ko: '로그아웃할 때까지. 반에서는 하루 동안 쓰지 않거나 14일이 지나면 끝나요',
      en: 'Until you sign out; in a class it ends after a day without a visit, or after 14 days',
    },
    seenBy: OPERATOR,
  },
  {
    id: 'audit',
    tables: {
      audit_event: [
        'id',
        'at_ms',
        'last_at_ms',
        'times',
        'event',
        'outcome',
        'actor',
        'target',
        'address',
        'detail',
      ],
    },
    what: {
      ko: '누가 언제 어느 주소(IP)에서 로그인하고, 환경을 열고 닫고 초기화했는지, 강사가 누구의 환경을 언제 지켜보고 키보드를 썼는지, 무엇이 거절됐는지. 입력하거나 화면에 나온 내용은 없어요',
      en: 'Who signed in, opened, closed or reset what, when and from which IP address, which instructor watched whose lab or typed in it and when, and what was refused. Nothing that was typed or shown',
    },
    why: {
      ko: '문제가 생겼을 때 원인을 찾으려고',
      en: 'To find out what happened when something goes wrong',
    },
    until: {
      ko: '90일. 데이터를 지우면 기록에서 내 이름표와 주소가 빠져요',
      en: '90 days; when your data is deleted, it no longer says that it was you, nor your address',
    },
    seenBy: {
      ko: '서버 운영자가 봐요. 강사는 우리 반의 강사들이 한 일과 참가 기록을 봐요',
      en: 'The operator; instructors see what instructors did in their class, and who joined',
    },
  },
  {
    id: 'class',
    tables: {
      cohort: [
        'id',
        'name',
        'join_code',
        'joining_paused',
        'opens_at_ms',
        'closes_at_ms',
        'seats',
        'policies_json',
        'created_at_ms',
      ],
      cohort_instructor: ['cohort_id', 'instructor_id', 'since_ms'],
      instructor: ['id', 'name', 'name_key', 'passphrase_hash', 'created_at_ms', 'own_learner_id'],
      instructor_link: ['token_hash', 'purpose', 'instructor_id', 'cohort_id', 'invited_by', 'expires_at_ms'],
      api_token: [
        'id',
        'token_hash',
        'instructor_id',
        'cohort_id',
        'name',
        'scope',
        'created_at_ms',
        'expires_at_ms',
        'last_used_at_ms',
      ],
    },
    what: {
      ko: '반의 이름과 설정, 강사의 이름과 암호 문구의 해시(scrypt), 강사가 직접 실습할 때 쓰는 학습자 번호, 강사 초대 주소의 해시, 강사의 프로그램이 진행 상황을 읽는 API 키의 이름과 해시',
      en: 'Name and settings of the class, the instructors’ names and hashes (scrypt) of their passphrases, as which learner they work in labs of their own, hashes of invitation links, and names and hashes of the API keys by which instructors’ programs read your progress',
    },
    why: { ko: '반을 운영하려고', en: 'To run the class' },
    until: { ko: '반을 삭제할 때까지', en: 'Until the class is deleted' },
    seenBy: { ko: '반의 강사, 서버 운영자', en: 'The instructors of the class, the operator' },
  },
  {
    id: 'webhook',
    tables: {
      webhook: [
        'cohort_id',
        'url',
        'secret',
        'created_at_ms',
        'failing_since_ms',
        'disabled_at_ms',
        'disabled_reason',
      ],
      webhook_event: [
        'seq',
        'id',
        'cohort_id',
        'type',
        'learner_id',
        'exercise_id',
        'exercise_revision',
        'at_ms',
        'tries',
        'last_try_at_ms',
        'last_outcome',
        'last_status',
        'next_try_at_ms',
      ],
    },
    what: {
      ko: '강사가 반의 소식을 받을 주소(웹훅)를 정하면 그 주소와 서명 키, 그리고 보낸 소식의 기록이 저장돼요. 반에 참가하거나 실습을 처음 통과하면 내 이름과 ID, 반, 실습, 시각이 그 주소로 전송돼요',
      en: 'Where an instructor has set an address for news of the class (a webhook): the address, its signing key and the record of what was sent. When you join, or pass an exercise for the first time, your name and ID, the class, the exercise and the time go to that address',
    },
    why: {
      ko: '학습 관리 시스템 같은 강사의 프로그램에 진행 상황을 알리려고',
      en: 'To tell an instructor’s program, such as a learning management system, how far you are',
    },
    until: {
      ko: '반마다 최근 1,000건이고, 웹훅이나 내 데이터를 지울 때까지예요. 이미 보낸 것은 받는 쪽에서 따로 지워야 해요',
      en: 'The last 1,000 of a class, until the webhook or your data is deleted; what was sent is with its receiver',
    },
    seenBy: {
      ko: '반의 강사, 서버 운영자, 그리고 강사가 정한 주소의 주인',
      en: 'The instructors of the class, the operator, and whoever the address belongs to',
    },
  },
  {
    id: 'browser',
    tables: {},
    what: {
      ko: '내 브라우저에는 로그인 쿠키 하나, 언어를 기억하는 쿠키 하나, 화면 배치와 읽던 자리가 저장돼요. 브라우저가 다른 서비스로 보내는 것은 없어요',
      en: 'In your browser: one cookie for signing in, one for the language, and how you arranged the page. Your browser sends nothing to any other service',
    },
    why: { ko: '다시 왔을 때 그대로 보이게 하려고', en: 'So that the page is as you left it' },
    until: { ko: '브라우저에서 지울 때까지', en: 'Until you clear it in your browser' },
    seenBy: { ko: '나', en: 'You' },
  },
];
