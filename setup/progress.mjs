import { stripVTControlCharacters } from 'node:util';
import { formatDuration } from './format.mjs';
import { StoppedError } from './setup-error.mjs';

const FRAME_MS = 120;
const PLAIN_REPORT_MS = 15_000;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * @typedef {object} StepHandle
 * @property {(text: string) => void} detail what is being done right now, such as the program's last line
 * @typedef {object} Progress
 * @property {<T>(title: string, work: (step: StepHandle) => Promise<T>) => Promise<T>} run
 * @property {(title: string, state?: string) => void} skip a step that had nothing to do
 * @property {(text: string) => void} note a line of its own
 */

/**
 * Shows steps on one updating line where a person watches, as plain lines elsewhere.
 *
 * Quiet leaves out the steps that had nothing to do.
 * @param {{ stream: NodeJS.WriteStream, quiet?: boolean, now?: () => number }} options
 * @returns {Progress}
 */
export function createProgress({ stream, quiet = false, now = Date.now }) {
  const createView = stream.isTTY ? createLiveView : createPlainView;
  const freshLine = stream.isTTY ? '\r\x1b[K' : '';
  return {
    async run(title, work) {
      const startedAtMs = now();
      const view = createView(stream, title, () => now() - startedAtMs);
      try {
        const result = await work({ detail: view.detail });
        view.end(`✓ ${title} (${formatDuration(now() - startedAtMs)})`);
        return result;
      } catch (error) {
        const mark = error instanceof StoppedError ? '■' : '✗';
        view.end(`${mark} ${title} (after ${formatDuration(now() - startedAtMs)})`);
        throw error;
      }
    },
    skip(title, state = 'up to date') {
      if (!quiet) stream.write(`✓ ${title}: ${state}\n`);
    },
    note(text) {
      stream.write(`${freshLine}${text}\n`);
    },
  };
}

/**
 * @param {NodeJS.WriteStream} stream
 * @param {string} title
 * @param {() => number} elapsedMs
 */
function createLiveView(stream, title, elapsedMs) {
  let lastDetail = '';
  let frame = 0;
  const draw = () => {
    frame = (frame + 1) % SPINNER.length;
    const head = `${SPINNER[frame]} ${title} · ${formatDuration(elapsedMs())}`;
    stream.write(
      `\r\x1b[K${clip(lastDetail ? `${head} · ${lastDetail}` : head, (stream.columns || 80) - 1)}`,
    );
  };
  const timer = setInterval(draw, FRAME_MS);
  draw();
  return {
    /** @param {string} text */
    detail(text) {
      lastDetail = printable(text);
    },
    /** @param {string} text */
    end(text) {
      clearInterval(timer);
      stream.write(`\r\x1b[K${text}\n`);
    },
  };
}

/**
 * @param {NodeJS.WriteStream} stream
 * @param {string} title
 * @param {() => number} elapsedMs
 */
function createPlainView(stream, title, elapsedMs) {
  let lastDetail = '';
  stream.write(`… ${title}\n`);
  const timer = setInterval(() => {
    const detail = lastDetail ? `: ${clip(lastDetail, 100)}` : '';
    stream.write(`  still at it, ${formatDuration(elapsedMs())}${detail}\n`);
  }, PLAIN_REPORT_MS);
  return {
    /** @param {string} text */
    detail(text) {
      lastDetail = printable(text);
    },
    /** @param {string} text */
    end(text) {
      clearInterval(timer);
      stream.write(`${text}\n`);
    },
  };
}

/** @param {string} text */
function printable(text) {
  return stripVTControlCharacters(text)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/**
 * @param {string} text
 * @param {number} maxChars
 */
function clip(text, maxChars) {
  const chars = [...text];
  return chars.length <= maxChars ? text : `${chars.slice(0, Math.max(0, maxChars - 1)).join('')}…`;
}
