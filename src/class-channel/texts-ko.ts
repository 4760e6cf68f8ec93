import type { ChannelTexts } from './texts.ts';

export const KO: ChannelTexts = {
  hand: {
    raise: '손들기',
    raised: '손을 들고 있어요',
    before: (count) => (count === 0 ? '다음 차례예요' : `앞에 ${count}명`),
    comes: (name) => `${name} 님이 가고 있어요`,
    title: '강사에게 도움 청하기',
    since: (time) => `${time}부터 기다리고 있어요.`,
    about: '어느 실습인가요?',
    noExercise: '실습과 상관없는 질문',
    words: '무엇이 막혔나요?',
    wordsHint: '적지 않아도 괜찮아요. 우리 반 강사에게 보여요.',
    send: '손들기',
    change: '고치기',
    lower: '손 내리기',
    cancel: '취소',
    close: '닫기',
  },
  show: { title: (who) => `${who} 강사가 실습 환경을 보여 주고 있어요.`, watch: '함께 보기' },
  messages: {
    label: '강사가 보낸 메시지',
    from: (name) => `${name} 강사`,
    putAway: '확인했어요',
  },
};
