import type { AppTexts } from './texts.ts';

export const EN: AppTexts = {
  region: 'Application preview',
  noLab: 'Start the lab: the ports that your swarm publishes open here.',
  notReady: 'The lab is being prepared. The ports that it publishes show here when it is ready.',
  updating:
    'An update is under way. Opening the page makes the app call its API, so it is safer to wait until the monitor window is over.',
  ports: {
    title: 'Published ports',
    none: 'Nothing is published yet.',
    how: 'Publish a port of a service with `mode: host` and it shows here.',
    open: (address, service, state) => `Open ${address}, ${service}, ${state}`,
    ingress: 'ingress',
    states: {
      running: 'running',
      starting: 'starting',
      unrouted: 'This lab does not route requests that come through ingress.',
      off: 'The node is switched off.',
      frozen: 'The node is frozen.',
      unplugged: 'The node is unplugged from the network.',
    },
  },
  other: {
    title: 'Another port',
    help: 'What is not on the list, like a port published with `docker run -p`, opens by its number.',
    node: 'Node',
    port: 'Port number',
    open: 'Open',
  },
  back: 'Ports',
  reload: 'Load again',
  ownWindow: 'New window',
  ownWindowHint: 'Open in a new window',
  asking: (address) => `Connecting to ${address}.`,
  shown: (address) => `Page of ${address}`,
  closed: (address) => `Nothing listens on ${address}`,
  closedBody: (node, port) =>
    `Check with \`docker service ps\` or \`docker ps\` that a task or container which publishes port ${port} runs on \`${node}\`. A task may run on another node.`,
  silent: (address) => `${address} cannot be reached`,
  silentBody: (node) => `\`${node}\` does not answer. Check its power and its network.`,
  probing: 'Every few seconds the port is tried again. The app gets no request from this.',
  ready: (address) => `${address} takes connections`,
  readyBody: 'The page is loaded only when you press the button.',
  show: 'Open the page',
  problem: (address) => `The page of ${address} could not be opened`,
  tryAgain: 'Try again',
};
