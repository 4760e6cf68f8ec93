import type { ChannelTexts } from './texts.ts';

export const EN: ChannelTexts = {
  hand: {
    raise: 'Raise hand',
    raised: 'Your hand is raised',
    before: (count) => (count === 0 ? 'You are next' : `${count} before you`),
    comes: (name) => `${name} is on the way`,
    title: 'Ask an instructor for help',
    since: (time) => `You have been waiting since ${time}.`,
    about: 'Which exercise?',
    noExercise: 'Not about an exercise',
    words: 'Where are you stuck?',
    wordsHint: 'You may leave it empty. The instructors of your class see it.',
    send: 'Raise hand',
    change: 'Change',
    lower: 'Lower hand',
    cancel: 'Cancel',
    close: 'Close',
  },
  show: { title: (who) => `${who} is showing a lab.`, watch: 'Watch' },
  messages: {
    label: 'Messages from your instructors',
    from: (name) => name,
    putAway: 'Got it',
  },
};
