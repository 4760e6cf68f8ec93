import type { QueueTexts } from './queue-texts.ts';
import { timeSpan } from './time-span.ts';

const UNITS = { seconds: 'second', minutes: 'minute', hours: 'hour' } as const;

export const QUEUE_EN: QueueTexts = {
  title: 'Waiting for a free place',
  positionLabel: 'Position',
  position: (position, waiting) => `${position} of ${waiting}`,
  expectedLabel: 'Expected wait',
  expected: (span) => `about ${span}`,
  unknown: 'not known',
  elapsedLabel: 'Waited so far',
  lacks: {
    turn: () => 'There is room. Your lab starts as soon as those before it have booted.',
    places: (open) => (open === 1 ? 'The only place is in use.' : `All ${open} places are in use.`),
    memory: (open) =>
      `${open === 1 ? 'One lab is' : `${open} labs are`} open, and there is no memory left for another one.`,
    disk: (open) =>
      `${open === 1 ? 'One lab is' : `${open} labs are`} open, and there is no disk space left for another one.`,
  },
  comesFree: (idle) =>
    `A place comes free when somebody closes a lab, or after ${idle} in which nobody uses one.`,
  stay: 'Your lab starts by itself when it is your turn. If this page is closed for more than two minutes, you leave the queue.',
  leave: 'Leave the queue',
  leaveOther: (lab) => `Leave the queue for “${lab}”`,
  announce: (position) => `Waiting for a free place, position ${position}.`,
  span: (ms) => {
    const { count, unit } = timeSpan(ms);
    return `${count} ${UNITS[unit]}${count === 1 ? '' : 's'}`;
  },
  reasons: {
    idlePaused: (span) => `Nobody used it for ${span}.`,
    idleClosed: (span) => `It was closed after ${span} in which nobody used it.`,
    instructorPaused: (name) => `${name}, your instructor, paused it.`,
    instructorClosed: (name) => `${name}, your instructor, closed it.`,
    instructorReason: (reason) => `Reason: ${reason}`,
    room: (lab) => `There was no room to open “${lab}”, so this lab, which you did not use, was closed.`,
    leftQueue: (span) => `While it waited, its page was closed for more than ${span}, so it left the queue.`,
    serverStopped: 'It was closed when the server stopped.',
    lost: 'The server restarted and could not take this lab over.',
  },
};
