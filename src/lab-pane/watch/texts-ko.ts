import type { WatchBarTexts } from './texts.ts';

export const WATCH_KO: WatchBarTexts = {
  region: '지켜보기',
  ask: {
    watch: (who) => `${who} 강사가 이 실습 환경을 지켜봐도 되는지 물어요.`,
    keyboard: (who) => `${who} 강사가 이 터미널에 직접 입력해도 되는지 물어요.`,
  },
  hint: {
    watch: '터미널과 지도, 실습 결과를 보기만 해요. 언제든지 끝낼 수 있어요.',
    keyboard: '넘긴 다음에도 아무 키나 누르면 키보드가 바로 돌아와요.',
  },
  allow: { watch: '지켜보기 허용', keyboard: '키보드 넘기기' },
  decline: '지금은 안 돼요',
  expires: (seconds) => `${seconds}초 남음`,
  watching: (who) => `${who} 강사가 보고 있어요`,
  since: (time) => `${time}부터`,
  byPolicy: '이 반에서는 강사가 묻지 않고 지켜볼 수 있어요. 끝내면 다음에는 먼저 물어봐요.',
  end: (who) => `${who} 강사의 지켜보기 끝내기`,
  endShort: '지켜보기 끝내기',
  hasKeyboard: (who) => `${who} 강사가 키보드를 쓰고 있어요. 터미널에서 아무 키나 누르면 돌려받아요.`,
  takeBack: '키보드 돌려받기',
  typing: (who) => `${who} 강사가 입력하는 중`,
  show: {
    label: '이 실습 환경을 보여 줄 반',
    start: '반에 보여 주기',
    shown: (cohort) => `“${cohort}”에 보여 주고 있어요`,
    viewers: (count) => `${count}명이 보는 중`,
    stop: '그만 보여 주기',
  },
  over: '이제 아무도 보고 있지 않아요.',
};
