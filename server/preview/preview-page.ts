import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language, LocalizedText } from '#contract/language.ts';
import { isolation } from './response-headers.ts';

/** Why a preview has nothing to show. */
export type PreviewFault = keyof typeof FAULTS;

const FAULTS = {
  over: {
    status: 404,
    title: { ko: '이 미리 보기는 끝났어요', en: 'This preview is over' },
    text: {
      ko: '실습 환경을 초기화했거나 닫았거나, 로그아웃했거나, 한 시간 넘게 쓰지 않으면 끝나요. 강의 페이지의 ‘앱’ 탭에서 다시 열어 주세요.',
      en: 'It ends when the lab is reset or closed, when you sign out, and after an hour without use. Open it again from the App tab of the lesson.',
    },
  },
  closed: {
    status: 502,
    title: { ko: '{target}에서 응답하는 것이 없어요', en: 'Nothing listens on {target}' },
    text: {
      ko: '포트를 공개한 태스크가 이 노드에서 실행 중인지 `docker service ps` 명령으로 확인해 주세요.',
      en: 'Check with `docker service ps` that a task which publishes the port runs on this node.',
    },
  },
  silent: {
    status: 504,
    title: { ko: '{target}에 연결하지 못했어요', en: '{target} cannot be reached' },
    text: {
      ko: '노드가 제때 답하지 않았어요. 노드의 전원과 네트워크를 확인한 뒤 다시 시도해 주세요.',
      en: 'The node did not answer in time. Check its power and its network, then try again.',
    },
  },
  paused: {
    status: 503,
    title: { ko: '실습 환경이 잠시 멈춰 있어요', en: 'The lab is paused' },
    text: {
      ko: '강의 페이지로 돌아가면 다시 움직여요. 그다음 이 페이지를 새로 고쳐 주세요.',
      en: 'Go back to the lesson to wake it, then reload this page.',
    },
  },
  crowded: {
    status: 503,
    title: { ko: '열린 연결이 너무 많아요', en: 'Too many connections are open' },
    text: {
      ko: '이 노드의 미리 보기를 몇 개 닫고 다시 시도해 주세요.',
      en: 'Close some previews of this node and try again.',
    },
  },
  broken: {
    status: 502,
    title: { ko: '{target}의 응답을 읽지 못했어요', en: 'The answer from {target} could not be read' },
    text: {
      ko: '앱이 HTTP로 답하지 않았거나 응답을 끝내지 않고 연결을 닫았어요. 앱의 로그를 확인해 주세요.',
      en: 'The app did not answer in HTTP, or closed the connection before it had answered. Look at its log.',
    },
  },
  late: {
    status: 504,
    title: { ko: '{target}에서 아직 응답이 없어요', en: '{target} has not answered yet' },
    text: {
      ko: '연결은 됐지만 앱이 1분 안에 응답하지 않았어요. 앱의 로그를 확인해 주세요.',
      en: 'The connection stands, but no answer came within a minute. Look at the app’s log.',
    },
  },
  refused: {
    status: 403,
    title: { ko: '미리 보기에서는 할 수 없는 요청이에요', en: 'A preview does not do this' },
    text: {
      ko: '서비스 워커는 미리 보기에 설치할 수 없어요. 버전을 바꿔도 예전 페이지가 보일 수 있어서예요.',
      en: 'Service workers are not installed in a preview: they would go on showing an old version.',
    },
  },
} as const satisfies Record<string, { status: number; title: LocalizedText; text: LocalizedText }>;

const STYLE = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;
font:16px/1.65 system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans CJK KR",sans-serif;
color:#1e2a34;background:#f5f8f8;word-break:keep-all;overflow-wrap:anywhere}
main{max-width:30rem;padding:1.5rem}section+section{margin-top:1.5rem;color:#586874;font-size:.9em}
h1,h2{margin:0 0 .4rem;font-size:1.2rem;line-height:1.4}h2{font-size:1.05rem}p{margin:0}
code{font-family:ui-monospace,monospace;font-size:.92em}
@media(prefers-color-scheme:dark){body{color:#e8edf0;background:#141e24}section+section{color:#8d9ba6}}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A page that says so in both languages, the reader's first; one line for programs. */
export function answerFault(
  request: IncomingMessage,
  response: ServerResponse,
  fault: PreviewFault,
  { target, frameAncestors }: { readonly target: string; readonly frameAncestors: string },
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { status, title, text } = FAULTS[fault];
  const languages = inOrder(request.headers['accept-language'] ?? '');
  const isPage = request.headers.accept?.includes('text/html') === true;
  const said = (localized: LocalizedText, language: Language): string =>
    localized[language].replace('{target}', target);
  const body = isPage
    ? page(languages.map((language) => [language, said(title, language), said(text, language)]))
    : `${said(title, 'en')}\n`;
  const headers = [
    ['Content-Type', `text/${isPage ? 'html' : 'plain'}; charset=utf-8`],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Cache-Control', 'no-store'],
    ['X-Content-Type-Options', 'nosniff'],
    ['Content-Security-Policy', `default-src 'none'; style-src 'sha256-${STYLE_HASH}'`],
    ...isolation({ frameAncestors }),
    // What the browser still wants to send, nobody takes.
    ...(request.complete ? [] : [['Connection', 'close'] as const]),
  ] as const;
  response.writeHead(status, headers.flat());
  response.end(request.method === 'HEAD' ? undefined : body);
}

function inOrder(acceptLanguage: string): readonly Language[] {
  const first = acceptLanguage
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim().slice(0, 2))
    .find((name) => name === 'ko' || name === 'en');
  return first === 'en' ? ['en', 'ko'] : ['ko', 'en'];
}

function page(parts: readonly (readonly [Language, string, string])[]): string {
  const sections = parts.map(([language, title, text], at) => {
    const heading = at === 0 ? 'h1' : 'h2';
    return `<section lang="${language}"><${heading}>${html(title)}</${heading}><p>${html(text)}</p></section>`;
  });
  const [[language, title] = ['ko', '']] = parts;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${html(title)}</title><style>${STYLE}</style><main>${sections.join('')}</main></html>\n`;
}

/** Our own texts and the name of a node: nothing from outside. */
function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
}
