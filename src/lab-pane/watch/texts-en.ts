import type { WatchBarTexts } from './texts.ts';

export const WATCH_EN: WatchBarTexts = {
  region: 'Watching',
  ask: {
    watch: (who) => `${who} asks to watch your lab.`,
    keyboard: (who) => `${who} asks to type in your terminal.`,
  },
  hint: {
    watch: 'They see your terminals, the map and your checks, and type nothing. You can end it at any time.',
    keyboard: 'Press any key in the terminal, and the keyboard is yours again at once.',
  },
  allow: { watch: 'Let them watch', keyboard: 'Hand over the keyboard' },
  decline: 'Not now',
  expires: (seconds) => `${seconds} s left`,
  watching: (who) => `${who} is watching`,
  since: (time) => `since ${time}`,
  byPolicy: 'In this class instructors may watch without asking. If you end it, they have to ask next time.',
  end: (who) => `End watching by ${who}`,
  endShort: 'End watching',
  hasKeyboard: (who) => `${who} has the keyboard. Press any key in the terminal to take it back.`,
  takeBack: 'Take the keyboard back',
  typing: (who) => `${who} is typing`,
  show: {
    label: 'Class to show this lab to',
    start: 'Show to class',
    shown: (cohort) => `Shown to “${cohort}”`,
    viewers: (count) => `${count} watching`,
    stop: 'Stop showing',
  },
  over: 'Nobody watches any more.',
};
