import type { ErrorCode } from './error-codes.ts';
import type { LocalizedText } from './language.ts';

/** What a learner reads for each error code. `{name}` placeholders come from the problem's `params`. */
export const ERROR_TEXTS: Readonly<Record<ErrorCode, LocalizedText>> = {
  NOT_SIGNED_IN: {
    ko: '로그인이 필요해요. `npm start`를 실행한 터미널에 나온 주소를 열어 주세요.',
    en: 'You are not signed in. Open the address that `npm start` printed in its terminal.',
  },
  NOT_JOINED: {
    ko: '먼저 반에 참가해 주세요. 강사에게 받은 참가 코드나 예전에 받은 복귀 코드로 들어올 수 있어요.',
    en: 'Join your class first, with the join code from your instructor or the return code that you got before.',
  },
  INSTRUCTOR_NOT_SIGNED_IN: {
    ko: '강사로 로그인해 주세요.',
    en: 'Sign in as an instructor.',
  },
  LAUNCH_LINK_INVALID: {
    ko: '이미 사용했거나 기한이 지난 주소예요. `npm run link`를 실행하면 새 주소를 만들 수 있어요.',
    en: 'This link was already used or has expired. Run `npm run link` to get a new one.',
  },
  FORBIDDEN_ORIGIN: {
    ko: '다른 사이트에서 보낸 요청이라 거절했어요. 이 페이지를 직접 열어 다시 시도해 주세요.',
    en: 'The request came from another site and was refused. Open this page directly and try again.',
  },
  FORBIDDEN_HOST: {
    ko: '허용하지 않은 주소로 들어온 요청이에요. `npm start`가 알려 준 주소를 사용해 주세요.',
    en: 'This host name is not allowed. Use the address that `npm start` printed.',
  },
  NOT_FOUND: { ko: '찾는 페이지가 없어요.', en: 'There is nothing at this address.' },
  LESSON_UNKNOWN: { ko: '없는 절이에요.', en: 'There is no such lesson.' },
  EXERCISE_UNKNOWN: {
    ko: '없는 실습이에요. 페이지를 새로 고쳐 주세요.',
    en: 'There is no such exercise. Reload the page.',
  },
  LAB_UNKNOWN: {
    ko: '없는 실습 환경이에요. 페이지를 새로 고쳐 주세요.',
    en: 'There is no such lab. Reload the page.',
  },
  LAB_SESSION_UNKNOWN: {
    ko: '실습 환경이 이미 닫혔어요. 다시 시작해 주세요. 진행 상황은 그대로예요.',
    en: 'This lab is already closed. Start it again; your progress is kept.',
  },
  TERMINAL_UNKNOWN: {
    ko: '이미 닫힌 터미널이에요. 새 터미널을 열어 주세요.',
    en: 'This terminal is closed. Open a new one.',
  },
  REQUEST_INVALID: {
    ko: '서버가 요청을 이해하지 못했어요. 페이지를 새로 고친 뒤 다시 시도해 주세요.',
    en: 'The server could not read the request. Reload the page and try again.',
  },
  REQUEST_TOO_LARGE: { ko: '보낸 내용이 너무 커요.', en: 'What you sent is too large.' },
  TOO_MANY_REQUESTS: {
    ko: '요청이 너무 잦아요. 잠시 뒤에 다시 시도해 주세요.',
    en: 'Too many requests. Wait a moment and try again.',
  },
  LAB_CAPACITY_REACHED: {
    ko: '이 컴퓨터에서 실습 환경을 더 열 수 없어요(지금 {running}개, 최대 {limit}개). 쓰지 않는 환경을 닫고 다시 시도해 주세요.',
    en: 'This machine has no room for another lab ({running} open, {limit} at most). Close one that is not in use and try again.',
  },
  LAB_LIMIT_REACHED: {
    ko: '실습 환경은 한 번에 {limit}개까지 열 수 있어요. 쓰지 않는 환경을 닫고 다시 시도해 주세요.',
    en: 'You can have {limit} labs open at a time. Close one that you do not use and try again.',
  },
  LAB_ALREADY_WAITING: {
    ko: '이미 다른 실습 환경이 대기열에 있어요. 그 대기열에서 나온 뒤에 다시 시도해 주세요.',
    en: 'Another lab of yours is waiting for its turn already. Leave that queue and try again.',
  },
  LAB_DISK_LOW: {
    ko: '디스크 공간이 부족해서 실습 환경을 열 수 없어요(남은 공간 {freeMiB} MiB, 필요한 공간 {neededMiB} MiB).',
    en: 'Too little disk space for a lab ({freeMiB} MiB free, {neededMiB} MiB needed).',
  },
  LAB_START_FAILED: {
    ko: '실습 환경을 시작하지 못했어요. 초기화를 눌러 다시 시작해 주세요.',
    en: 'The lab could not be started. Press Reset to start again.',
  },
  LAB_NOT_READY: {
    ko: '실습 환경을 준비하고 있어요. 조금만 기다려 주세요.',
    en: 'The lab is still being prepared. One moment.',
  },
  LAB_BUSY: {
    ko: '실습 환경에서 다른 작업을 하고 있어요. 끝난 뒤에 다시 시도해 주세요.',
    en: 'The lab is busy with another operation. Try again when it is done.',
  },
  LAB_PREPARE_FAILED: {
    ko: '실습의 시작 상태를 만들지 못했어요. 다시 시도해 보고, 그래도 안 되면 초기화해 주세요.',
    en: 'The start of this exercise could not be rebuilt. Try again, and reset the lab if that does not help.',
  },
  POWER_SWITCH_FORBIDDEN: {
    ko: '이 실습에는 노드 스위치가 없어요.',
    en: 'The nodes of this lab have no switches.',
  },
  SWITCH_FORBIDDEN_HERE: {
    ko: '지금 하는 실습에서는 쓸 수 없는 스위치예요. {reason}',
    en: 'This switch does not work in the exercise you are at. {reason}',
  },
  UNPLUG_IMPOSSIBLE: {
    ko: '이 컴퓨터에서는 `{node}` 노드의 네트워크를 끊을 수 없어요. 대신 멈추거나 전원을 꺼 보세요.',
    en: '`{node}` cannot be unplugged from the network on this machine. Freeze it or cut its power instead.',
  },
  NODE_NOT_ON: {
    ko: '`{node}` 노드를 먼저 되돌린 다음에 다시 시도해 주세요.',
    en: 'First bring `{node}` back to normal, then try again.',
  },
  NODE_POWERED_OFF: {
    ko: '`{node}` 노드는 전원이 꺼져 있어요. 전원을 켠 다음 다시 시도해 주세요.',
    en: '`{node}` is switched off. Switch it on and try again.',
  },
  NODE_FROZEN: {
    ko: '`{node}` 노드가 멈춰 있어요. 되돌린 다음 다시 시도해 주세요.',
    en: '`{node}` is frozen. Thaw it and try again.',
  },
  NODE_UNPLUGGED: {
    ko: '`{node}` 노드의 네트워크가 끊겨 있어서 아무도 연결할 수 없어요. 되돌린 다음 다시 시도해 주세요.',
    en: '`{node}` is unplugged from the network, so nobody can reach it. Plug it back in and try again.',
  },
  NODE_UNKNOWN: {
    ko: '이 실습 환경에는 `{node}` 노드가 없어요.',
    en: 'This lab has no node called `{node}`.',
  },
  LAB_NODE_UNREACHABLE: {
    ko: '실습 노드가 응답하지 않아요. 잠시 뒤에도 그대로면 초기화해 주세요.',
    en: 'The lab node does not answer. If that lasts, reset the lab.',
  },
  PORT_CLOSED: {
    ko: '`{node}` 노드의 {port}번 포트에서 응답하는 것이 없어요. 포트를 공개한 태스크가 실행 중인지 확인해 주세요.',
    en: 'Nothing listens on port {port} of `{node}`. Check that a task that publishes it is running.',
  },
  PREVIEW_NO_ADDRESS: {
    ko: '이 주소에서는 앱을 미리 볼 수 없어요. 미리 보기는 사이트와 다른 주소를 따로 써요. 이 컴퓨터라면 `http://127.0.0.1:{port}` 주소로 열면 돼요. 공개 주소를 쓴다면 운영자가 `ROLLOUT_LAB_PREVIEW_URL` 설정에 와일드카드 주소를 정해야 해요.',
    en: 'There is no preview at this address: it needs an address apart from the site. On this machine, open the site at `http://127.0.0.1:{port}`. With a public address, the operator sets a wildcard address in `ROLLOUT_LAB_PREVIEW_URL`.',
  },
  PREVIEW_NO_WAY: {
    ko: '이 컴퓨터에서는 서버와 실습 노드가 폴더를 공유하지 못해서 노드의 포트에 연결할 수 없어요. 앱은 터미널에서 `curl` 명령으로 확인해 주세요.',
    en: 'On this machine the server shares no folder with the lab nodes and can reach none of their ports. Look at the app with `curl` in a terminal.',
  },
  ENGINE_UNREACHABLE: {
    ko: '서버가 도커 엔진에 연결하지 못했어요. 엔진이 실행 중인지 확인해 주세요. 진행 상황은 그대로예요.',
    en: 'The server cannot reach the Docker engine. Check that it is running; your progress is kept.',
  },
  TERMINAL_LIMIT_REACHED: {
    ko: '터미널은 노드마다 {limit}개까지 열 수 있어요. 쓰지 않는 탭을 닫아 주세요.',
    en: 'You can open {limit} terminals per node. Close a tab that you no longer need.',
  },
  TERMINAL_START_FAILED: {
    ko: '터미널을 열지 못했어요. 다시 시도하거나 실습 환경을 초기화해 주세요.',
    en: 'The terminal could not be opened. Try again, or reset the lab.',
  },
  TICKET_INVALID: {
    ko: '터미널 연결 정보가 만료됐어요. 다시 연결할게요.',
    en: 'The terminal ticket has expired. Connecting again.',
  },
  CLASS_MODE_OFF: {
    ko: '이 서버는 혼자 쓰는 모드로 실행 중이에요. 수업에 쓰려면 `npm start -- --class` 명령으로 시작해 주세요.',
    en: 'This server runs for one person. To hold a class, start it with `npm start -- --class`.',
  },
  LEARNERS_ONLY: {
    ko: '지금은 강사로 로그인돼 있어요. 이 기능은 참가 코드로 들어온 학습자만 쓸 수 있어요.',
    en: 'You are signed in as an instructor. This is for learners, who come in with a join code.',
  },
  INSTRUCTORS_ONLY: {
    ko: '강사만 쓸 수 있는 페이지예요. 지금은 학습자로 로그인돼 있어요.',
    en: 'This page is for instructors; you are signed in as a learner.',
  },
  INSTRUCTOR_SIGN_IN_REFUSED: {
    ko: '이름이나 암호 문구가 맞지 않아요.',
    en: 'The name or the passphrase is wrong.',
  },
  INSTRUCTOR_LINK_INVALID: {
    ko: '이미 사용했거나 기한이 지난 주소예요. 보낸 사람에게 새 주소를 부탁해 주세요. 서버 운영자는 `npm run -s link` 명령으로 만들 수 있어요.',
    en: 'This link was already used or has expired. Ask whoever sent it for another; the operator makes one with `npm run -s link`.',
  },
  INSTRUCTOR_NAME_TAKEN: {
    ko: '같은 이름의 강사가 있어요. 다른 이름을 써 주세요.',
    en: 'There is an instructor of this name. Choose another one.',
  },
  INSTRUCTOR_UNKNOWN: {
    ko: '이 반에는 그런 강사가 없어요. 페이지를 새로 고쳐 주세요.',
    en: 'This class has no such instructor. Reload the page.',
  },
  LAST_INSTRUCTOR: {
    ko: '반에는 강사가 한 명은 있어야 해요. 다른 강사를 먼저 초대해 주세요.',
    en: 'A class needs an instructor. Invite another one first.',
  },
  PASSPHRASE_WRONG: {
    ko: '지금 쓰는 암호 문구가 맞지 않아요.',
    en: 'The present passphrase is wrong.',
  },
  PASSPHRASE_TOO_SHORT: {
    ko: '암호 문구는 {min}자 이상이어야 해요. 단어 여러 개를 이어 쓰면 기억하기 쉬워요.',
    en: 'A passphrase has at least {min} characters. A few words in a row are easy to remember.',
  },
  PASSPHRASE_TOO_LONG: {
    ko: '암호 문구는 {max}자까지 쓸 수 있어요.',
    en: 'A passphrase has at most {max} characters.',
  },
  TOO_MANY_TRIES: {
    ko: '틀린 시도가 너무 많았어요. {seconds}초 뒤에 다시 시도해 주세요.',
    en: 'Too many wrong tries. Try again in {seconds} seconds.',
  },
  NAME_EMPTY: { ko: '이름을 적어 주세요.', en: 'Please give a name.' },
  NAME_TOO_LONG: { ko: '이름은 {max}자까지 쓸 수 있어요.', en: 'A name has at most {max} characters.' },
  NAME_HAS_BAD_CHARACTERS: {
    ko: '이름에 쓸 수 없는 문자가 들어 있어요. 보이지 않는 문자를 지우고 다시 적어 주세요.',
    en: 'The name contains characters that can’t be used, such as invisible ones. Type it again without them.',
  },
  COHORT_UNKNOWN: {
    ko: '그런 반이 없거나, 내가 맡은 반이 아니에요.',
    en: 'There is no such class, or it is not one of yours.',
  },
  COHORT_TIMES_INVALID: {
    ko: '참가를 닫는 시각은 여는 시각보다 뒤여야 해요.',
    en: 'Joining must close after it opens.',
  },
  COHORT_LIMIT_REACHED: {
    ko: '반은 {limit}개까지 만들 수 있어요. 끝난 반을 지운 다음 다시 시도해 주세요.',
    en: 'There can be {limit} classes. Delete one that has ended and try again.',
  },
  API_TOKEN_INVALID: {
    ko: '이 API 키는 없거나, 폐기됐거나, 기한이 지났어요. 반의 성적 화면에서 새 키를 만들어 주세요.',
    en: 'This API key is unknown, revoked or expired. Make a new one on the class’s grades page.',
  },
  API_TOKEN_NOT_HERE: {
    ko: '이 주소는 API 키로 쓸 수 없어요. 쓸 수 있는 주소는 /api/openapi.json에 있어요.',
    en: 'An API key does not open this address. Those that it opens are listed in /api/openapi.json.',
  },
  API_TOKEN_READ_ONLY: {
    ko: '이 API 키는 읽기만 할 수 있어요. 실습까지 다루는 키를 만들어 주세요.',
    en: 'This API key may only read. Make one that may also act on labs.',
  },
  API_TOKEN_LIMIT_REACHED: {
    ko: 'API 키는 {limit}개까지 만들 수 있어요. 쓰지 않는 키를 폐기한 다음 다시 시도해 주세요.',
    en: 'You can have {limit} API keys. Revoke one that you don’t use and try again.',
  },
  WEBHOOK_ADDRESS_REFUSED: {
    ko: '이 주소로는 보낼 수 없어요. 인터넷에서 찾을 수 있는 https:// 주소를 써 주세요. 내부망 주소는 서버 운영자가 먼저 허용해야 해요.',
    en: 'Nothing can be sent to this address. Give an https:// address that is found on the internet; the operator must allow hosts of your own network first.',
  },
  WEBHOOK_UNKNOWN: {
    ko: '이 반에는 웹훅이 없어요. 성적 화면에서 주소를 정해 주세요.',
    en: 'This class has no webhook. Set an address in the view of grades.',
  },
  WEBHOOK_DISABLED: {
    ko: '웹훅이 꺼져 있어요. 받는 쪽을 고친 다음 다시 켜 주세요.',
    en: 'The webhook is switched off. Mend the receiver, then switch it on again.',
  },
  TIME_ZONE_UNKNOWN: {
    ko: '그런 시간대가 없어요. Asia/Seoul 같은 IANA 이름을 써 주세요.',
    en: 'There is no such time zone. Give an IANA name such as Asia/Seoul.',
  },
  LEARNER_UNKNOWN: {
    ko: '이 반에는 그런 학습자가 없어요. 명단을 새로 고쳐 주세요.',
    en: 'This class has no such learner. Reload the roster.',
  },
  LEARNER_HAS_NO_LAB: { ko: '열린 실습 환경이 없어요.', en: 'No lab is open.' },
  LEARNER_NOT_JOINED_YET: { ko: '아직 반에 들어오지 않았어요.', en: 'Has not joined the class yet.' },
  CARE_TIME_INVALID: {
    ko: '지금부터 일주일 안의 시각을 골라 주세요.',
    en: 'Choose a time within the next week.',
  },
  WARM_TIME_INVALID: {
    ko: '끝나는 시각이 시작하는 시각보다 뒤여야 하고, 24시간을 넘을 수 없어요. 한 달 안의 시각을 골라 주세요.',
    en: 'The end must come after the beginning, within 24 hours of it, and the beginning within a month from now.',
  },
  LEARNER_NAME_TAKEN: {
    ko: '이 반에 같은 이름이 있어요. 구분할 수 있게 적어 주세요.',
    en: 'Somebody in this class has that name. Write it so that the two can be told apart.',
  },
  WATCH_UNKNOWN: {
    ko: '지켜보기가 이미 끝났어요. 필요하면 학습자에게 다시 요청해 주세요.',
    en: 'The watching is over already. Ask the learner again if you need to.',
  },
  WATCHERS_LIMIT_REACHED: {
    ko: '이 실습 환경은 이미 {limit}명이 지켜보고 있어요. 한 명이 끝낸 다음 다시 시도해 주세요.',
    en: '{limit} people watch this lab already. Try again when one of them has stopped.',
  },
  SHOW_RUNNING: {
    ko: '지금은 {name} 강사가 이 반에 실습 환경을 보여 주고 있어요. 끝난 다음 다시 시도해 주세요.',
    en: '{name} shows a lab to this class now. Try again when that is over.',
  },
  SHOW_OVER: {
    ko: '강사가 보여 주기를 끝냈어요.',
    en: 'The instructor has stopped showing the lab.',
  },
  LEARNER_AWAY: {
    ko: '학습자가 지금 실습 페이지를 보고 있지 않아서 물어볼 수 없어요. 페이지를 열어 달라고 한 다음 다시 시도해 주세요.',
    en: 'The learner has no page of the lab open, so there is nobody to ask. Have them open it and try again.',
  },
  JOIN_CODE_UNKNOWN: {
    ko: '그런 참가 코드가 없어요. 화면에 보이는 코드를 다시 확인해 주세요. 코드가 새로 바뀌었을 수도 있어요.',
    en: 'There is no such join code. Compare it with the one on the screen; it may have been renewed.',
  },
  JOIN_NOT_OPEN_YET: {
    ko: '아직 참가할 수 없어요. 참가가 열리는 시각에 다시 시도해 주세요.',
    en: 'Joining has not opened yet. Try again when it does.',
  },
  JOIN_CLOSED: {
    ko: '참가 기간이 끝났어요. 이미 참가했다면 복귀 코드로 들어올 수 있어요.',
    en: 'Joining is over. If you have joined before, come in with your return code.',
  },
  JOIN_PAUSED: {
    ko: '강사가 참가를 잠시 멈췄어요. 강사에게 물어보고 다시 시도해 주세요.',
    en: 'The instructor has paused joining. Ask, and try again.',
  },
  JOIN_FULL: {
    ko: '자리가 모두 찼어요(정원 {seats}명). 강사에게 알려 주세요.',
    en: 'Every seat is taken ({seats} in all). Tell your instructor.',
  },
  RETURN_CODE_UNKNOWN: {
    ko: '그런 복귀 코드가 없어요. 다시 확인해 보고, 코드를 잃어버렸다면 강사에게 새로 받아 주세요.',
    en: 'There is no such return code. Check it, and ask your instructor for a new one if yours is lost.',
  },
  SOLUTION_LOCKED: {
    ko: '이 반에서는 강사가 풀이를 열어 줘야 볼 수 있어요.',
    en: 'In this class a solution shows once the instructor has unlocked it.',
  },
  HINT_UNKNOWN: {
    ko: '이 실습의 힌트는 {hints}개뿐이에요. 페이지를 새로 고쳐 주세요.',
    en: 'This exercise has only {hints} hints. Reload the page.',
  },
  HANDS_OFF: {
    ko: '이 반에서는 지금 손들기를 쓰지 않아요. 강사에게 직접 말해 주세요.',
    en: 'Raising a hand is switched off in this class. Speak to your instructor.',
  },
  HAND_UNKNOWN: {
    ko: '이 학습자는 이제 손을 들고 있지 않아요.',
    en: 'This learner’s hand is not raised any more.',
  },
  HAND_TAKEN: {
    ko: '{name} 님이 이미 가고 있어요.',
    en: '{name} is already on the way.',
  },
  MESSAGE_EMPTY: { ko: '보낼 내용을 적어 주세요.', en: 'Write something to send.' },
  MESSAGE_UNKNOWN: {
    ko: '그런 메시지가 없어요. 강사가 거뒀거나 하루가 지났어요.',
    en: 'There is no such message: it was withdrawn, or a day has passed.',
  },
  NO_MORE_HINTS: { ko: '힌트를 모두 봤어요.', en: 'You have seen every hint.' },
  INTERNAL: {
    ko: '서버에서 예상하지 못한 오류가 났어요. 다시 시도해 주세요. (요청 번호 {requestId})',
    en: 'Something unexpected went wrong on the server. Try again. (request {requestId})',
  },
};
