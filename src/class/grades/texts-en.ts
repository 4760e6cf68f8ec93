import type { GradesTexts } from './texts.ts';

export const EN: GradesTexts = {
  exports: {
    title: 'Grades',
    hint: 'Learners who were removed with their data kept are included and marked; merged ones count as one.',
    progress: 'Progress as CSV',
    progressHint:
      'A line per learner and exercise: attempts, first and last attempt, first pass and its revision, hints and solution.',
    attempts: 'Attempts as CSV',
    attemptsHint:
      'A line per recorded check: when, how it was checked, in which revision, and whether it passed.',
    json: 'Progress as JSON',
    jsonHint: 'The same for programs, 50 learners a page. Times are epoch milliseconds.',
  },
  keys: {
    title: 'Your API keys',
    hint: 'By a key, a program of yours reads what you see here. It never does more than you may.',
    description: 'Description of the API (OpenAPI)',
    none: 'You have no keys.',
    make: 'Make a key',
    makeTitle: 'Make an API key',
    name: 'Name of the key',
    nameHint: 'For example: gradebook script',
    days: 'Days until it ends',
    scope: 'What it may do',
    scopes: { read: 'Read', care: 'Read and act on labs' },
    reach: 'Where it works',
    thisClass: 'This class',
    allClasses: 'All your classes, also later ones',
    otherClass: 'Another class',
    madeTitle: 'The new API key',
    madeBody: 'It is shown only now. Keep it as you would keep your passphrase.',
    until: (date) => `until ${date}`,
    used: (date) => `last used ${date}`,
    unused: 'never used',
    revoke: 'Revoke',
    revokeTitle: (name) => `Revoke the key “${name}”?`,
    revokeBody: 'Programs that use it are refused at once. This can’t be undone.',
  },
};
