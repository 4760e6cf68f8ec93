import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Docker from 'dockerode';

/** As docker-swarm-visualizer does it. */
const POLL_MS = 5_000;

/** The usual way to show a swarm: a page that asks for nodes and tasks every five seconds. */
export class PollingMap implements AsyncDisposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async of(engine: Docker): Promise<PollingMap> {
    const server = createServer(async (request, response) => {
      if (request.url !== '/state') {
        response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
        return;
      }
      try {
        const [nodes, tasks, services] = await Promise.all([
          engine.listNodes(),
          engine.listTasks(),
          engine.listServices(),
        ]);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ nodes, tasks, services }));
      } catch (failure) {
        response.writeHead(502).end(String(failure));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PollingMap(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Draws the same things under the same names, so that one recorder reads both. */
const PAGE = `<!doctype html><title>poll</title><div id="map"></div><script>
const draw = async () => {
  const answer = await fetch('/state');
  if (!answer.ok) return;
  const { nodes, tasks, services } = await answer.json();
  document.querySelector('#map').replaceChildren(...nodes.map((node) => {
    const place = document.createElement('div');
    place.className = 'lp-place';
    place.dataset.node = node.Description.Hostname;
    place.dataset.rest = node.Spec.Availability;
    place.append(node.Description.Hostname, ...tasks.filter((task) => task.NodeID === node.ID).map((task) => {
      const tile = document.createElement('p');
      tile.className = 'lp-tile';
      tile.dataset.task = task.ID;
      tile.dataset.state = task.Status.State;
      tile.textContent = task.Spec.ContainerSpec.Image + ' ' + task.Status.State;
      return tile;
    }));
    return place;
  }), judged(services));
};
/* The check of exercise 14.1: every service belongs to the stack. */
const judged = (services) => {
  const row = document.createElement('p');
  row.className = 'lp-check';
  row.dataset.check = 'stack-deployed';
  const isStack = services.every(({ Spec }) => Spec.Labels['com.docker.stack.namespace'] === 'numbers');
  row.dataset.verdict = isStack ? 'passed' : 'failed';
  row.textContent = 'stack ' + row.dataset.verdict;
  return row;
};
draw();
setInterval(draw, ${POLL_MS});
</script>`;
