import type { JoinTexts } from './texts.ts';

export const EN: JoinTexts = {
  loading: 'Loading…',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy',
  alone: {
    title: 'There is nothing to join',
    body: 'This server runs for one person. Open the address that `npm start` printed, and the labs are yours.',
    toCourse: 'Go to the course',
  },
  already: {
    title: (name, cohort) => `You are ${name} in the class “${cohort}”`,
    body: 'If that is not you, join as somebody else; this browser then signs the present one out.',
    go: 'Continue',
    other: 'Join as somebody else',
    instructor: (name) =>
      `You are signed in as the instructor ${name}. Joining signs the instructor out of this browser.`,
  },
  code: {
    title: 'Join a class',
    body: 'Type the join code that your instructor shows.',
    label: 'Join code',
    button: 'Next',
    toReturn: 'I have joined before: use my return code',
    instructors: 'Instructor sign-in',
  },
  name: {
    title: (cohort) => `Class “${cohort}”`,
    instructors: (names) => `Instructors: ${names}`,
    watched:
      'In this class instructors may watch your lab without asking. You always see when they do, and can end it.',
    label: 'Your name',
    hint: 'One by which your instructor knows you; up to 40 characters.',
    button: 'Join',
    otherCode: 'Use another code',
    privacy: 'What is stored?',
  },
  back: {
    title: 'Come back with your return code',
    body: 'Go on with the same labs, on this device, too.',
    label: 'Return code',
    button: 'Come in',
    toJoin: 'I am new: use the join code',
  },
  done: {
    title: (name) => `Welcome, ${name}`,
    renamed: (name) => `Somebody has that name already, so you are “${name}”.`,
    body: 'With this return code you get to your labs from any device. It is shown only now: write it down.',
    lost: 'Treat it like a password. Whoever knows it can use your labs.',
    go: 'Start working',
  },
  menu: {
    join: 'Join',
    signedInAs: (name) => `Account menu of ${name}`,
    classes: 'Your classes',
    newCode: 'Return code',
    newCodeTitle: 'Make a new return code?',
    newCodeAsk:
      'Return codes are not stored, so yours can’t be shown again. A new one voids the old; devices that are signed in stay.',
    newCodeDone: 'This code is shown only now: write it down.',
    makeCode: 'Make a new one',
    privacy: 'What is stored',
    signOut: 'Sign out',
    signOutTitle: 'Sign out?',
    signOutBody: 'To come back you need your return code. If you don’t know it, make a new one first.',
  },
  privacy: {
    title: 'Your data',
    signedOut: 'Sign in to download what is stored of you, or to delete it.',
    download: 'Download your data (JSON)',
    delete: 'Delete your data',
    deleteTitle: 'Delete all your data?',
    deleteBody:
      'Your labs are closed, and your name, progress and records are deleted. You leave the class. This can’t be undone.',
    deleteWord: 'delete',
    deleteType: (word) => `To confirm, type “${word}”`,
    deleted: 'All of it is deleted.',
  },
};
