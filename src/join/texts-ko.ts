import type { JoinTexts } from './texts.ts';

export const KO: JoinTexts = {
  loading: '불러오는 중이에요…',
  cancel: '취소',
  close: '닫기',
  copy: '복사',
  copied: '복사했어요',
  copyFailed: '복사하지 못했어요',
  alone: {
    title: '참가하지 않아도 돼요',
    body: '이 서버는 혼자 쓰는 모드로 실행 중이에요. `npm start` 명령이 알려 준 주소를 열면 바로 실습할 수 있어요.',
    toCourse: '강의로 가기',
  },
  already: {
    title: (name, cohort) => `${name} 이름으로 “${cohort}”에 들어와 있어요`,
    body: '내가 아니라면 다른 사람으로 참가하세요. 그러면 이 브라우저에서 지금 이름은 로그아웃돼요.',
    go: '이어서 하기',
    other: '다른 사람으로 참가',
    instructor: (name) =>
      `지금은 ${name} 강사로 로그인돼 있어요. 참가하면 이 브라우저에서 강사는 로그아웃돼요.`,
  },
  code: {
    title: '반에 참가하기',
    body: '강사가 보여 준 참가 코드를 적어 주세요.',
    label: '참가 코드',
    button: '다음',
    toReturn: '전에 참가했어요. 복귀 코드로 들어갈게요',
    instructors: '강사 로그인',
  },
  name: {
    title: (cohort) => `“${cohort}”에 참가해요`,
    instructors: (names) => `강사: ${names}`,
    watched:
      '이 반에서는 강사가 묻지 않고 내 실습 환경을 지켜볼 수 있어요. 보는 동안에는 늘 화면에 표시되고, 언제든지 끝낼 수 있어요.',
    label: '내 이름',
    hint: '강사가 알아볼 수 있는 이름으로 적어 주세요. 40자까지 쓸 수 있어요.',
    button: '참가하기',
    otherCode: '다른 코드 쓰기',
    privacy: '무엇이 저장되나요?',
  },
  back: {
    title: '복귀 코드로 들어오기',
    body: '다른 기기에서도 같은 실습을 이어서 할 수 있어요.',
    label: '복귀 코드',
    button: '들어가기',
    toJoin: '처음이에요. 참가 코드로 참가할게요',
  },
  done: {
    title: (name) => `${name} 님, 반가워요`,
    renamed: (name) => `같은 이름이 있어서 “${name}” 이름으로 참가했어요.`,
    body: '이 복귀 코드로 다른 기기에서도 내 실습에 들어올 수 있어요. 지금만 보이니 어딘가에 적어 두세요.',
    lost: '비밀번호처럼 다뤄 주세요. 이 코드를 아는 사람은 내 실습 환경을 쓸 수 있어요.',
    go: '실습하러 가기',
  },
  menu: {
    join: '참가하기',
    signedInAs: (name) => `${name} 계정 메뉴`,
    classes: '내 반',
    newCode: '복귀 코드',
    newCodeTitle: '새 복귀 코드를 만들까요?',
    newCodeAsk:
      '복귀 코드는 저장하지 않아서 다시 보여 줄 수 없어요. 새로 만들면 예전 코드는 쓸 수 없게 돼요. 이미 들어와 있는 기기는 그대로예요.',
    newCodeDone: '이 코드는 지금만 보여요. 적어 두세요.',
    makeCode: '새로 만들기',
    privacy: '저장되는 정보',
    signOut: '로그아웃',
    signOutTitle: '로그아웃할까요?',
    signOutBody: '다시 들어오려면 복귀 코드가 필요해요. 코드를 모른다면 먼저 새로 만들어 두세요.',
  },
  privacy: {
    title: '내 데이터',
    signedOut: '로그인하면 저장된 내 데이터를 내려받거나 지울 수 있어요.',
    download: '내 데이터 내려받기(JSON)',
    delete: '내 데이터 지우기',
    deleteTitle: '내 데이터를 모두 지울까요?',
    deleteBody:
      '실습 환경이 닫히고 이름, 진행 상황, 기록이 모두 지워져요. 반에서도 나가게 되고 되돌릴 수 없어요.',
    deleteWord: '지우기',
    deleteType: (word) => `확인을 위해 “${word}”라고 적어 주세요`,
    deleted: '모두 지웠어요.',
  },
};
