import type { AppTexts } from './texts.ts';

export const KO: AppTexts = {
  region: '앱 미리 보기',
  noLab: '실습 환경을 시작하면 스웜이 공개한 포트를 여기에서 열 수 있어요.',
  notReady: '실습 환경을 준비하고 있어요. 준비가 끝나면 공개한 포트가 여기에 나와요.',
  updating:
    '업데이트가 진행 중이에요. 페이지를 열면 앱이 API를 호출하니, 모니터링 시간이 지난 다음에 여는 것이 안전해요.',
  ports: {
    title: '공개한 포트',
    none: '아직 공개한 포트가 없어요.',
    how: '서비스의 포트를 `mode: host` 설정으로 공개하면 여기에 나와요.',
    open: (address, service, state) => `${address} 열기, ${service}, ${state}`,
    ingress: '인그레스',
    states: {
      running: '실행 중',
      starting: '시작하는 중',
      unrouted: '이 실습 환경은 인그레스로 온 요청을 전달하지 않아요.',
      off: '노드의 전원이 꺼져 있어요.',
      frozen: '노드가 멈춰 있어요.',
      unplugged: '노드의 네트워크가 끊겨 있어요.',
    },
  },
  other: {
    title: '다른 포트',
    help: '`docker run -p` 명령으로 공개한 포트처럼 목록에 없는 포트는 번호를 적어서 열어요.',
    node: '노드',
    port: '포트 번호',
    open: '열기',
  },
  back: '포트 목록',
  reload: '다시 불러오기',
  ownWindow: '새 창',
  ownWindowHint: '새 창에서 열기',
  asking: (address) => `${address}에 연결하고 있어요.`,
  shown: (address) => `${address}의 페이지`,
  closed: (address) => `${address}에서 응답하는 것이 없어요`,
  closedBody: (node, port) =>
    `\`${node}\` 노드에서 ${port}번 포트를 공개한 태스크나 컨테이너가 실행 중인지 \`docker service ps\` 또는 \`docker ps\` 명령으로 확인해 주세요. 태스크는 다른 노드에서 실행 중일 수도 있어요.`,
  silent: (address) => `${address}에 연결하지 못했어요`,
  silentBody: (node) => `\`${node}\` 노드가 답하지 않아요. 전원과 네트워크를 확인해 주세요.`,
  probing: '포트에 연결되는지만 몇 초마다 다시 확인하고 있어요. 앱에는 요청을 보내지 않아요.',
  ready: (address) => `${address}에 연결돼요`,
  readyBody: '페이지는 버튼을 눌렀을 때만 불러와요.',
  show: '페이지 열기',
  problem: (address) => `${address} 페이지를 열지 못했어요`,
  tryAgain: '다시 시도',
};
