import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { containersOf } from './product/leftovers.ts';
import { ENGINE_URL, NODE_BINARY } from './product/settings.ts';
import { expect, test } from './product/test.ts';

const isRoot = process.getuid?.() === 0;

async function statusOf(pid: number): Promise<Record<string, string>> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  return Object.fromEntries(text.split('\n').map((line) => line.split(/:\s*/, 2)));
}

test.describe('the process that faces the web', () => {
  test.skip(!isRoot, 'only root can start a process as somebody else');

  test('has neither root, nor a capability, nor a way to more', async ({ product }) => {
    const status = await statusOf(await product.webPid());
    const uids = (status['Uid'] ?? '').split(/\s+/).map(Number);
    expect(uids).toHaveLength(4);
    for (const uid of uids) expect(uid).toBeGreaterThan(0);
    expect(status['Groups']?.trim()).toBe('');
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) {
      expect(status[set], set).toBe('0'.repeat(16));
    }
    expect(status['NoNewPrivs']).toBe('1');
  });

  test('gets into no socket of the outer engine', async ({ product }) => {
    test.skip(!ENGINE_URL.startsWith('unix:'), 'the engine is somewhere else');
    const pid = await product.webPid();
    const { uid, gid } = await stat(`/proc/${pid}`);
    const path = new URL(ENGINE_URL).pathname;
    const script = `require('node:net').connect(process.argv[1]).on('connect', () => { console.log('IN'); process.exit() }).on('error', ({ code }) => console.log(code))`;
    const options = { uid, gid, cwd: '/' };
    const { stdout } = await promisify(execFile)(NODE_BINARY, ['-e', script, path], options);
    expect(stdout.trim()).toBe('EACCES');
    // Nor does it hold one that somebody else has opened: what it has are pipes, its own sockets and files.
    const table = await readFile('/proc/net/unix', 'utf8');
    const engineInodes = table
      .split('\n')
      .filter((line) => line.endsWith(` ${path}`))
      .map((line) => `socket:[${line.trim().split(/\s+/)[6]}]`);
    const open = await Promise.all(
      (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
    );
    expect(open.filter((one) => engineInodes.includes(one))).toEqual([]);
  });

  test('can put nothing where root looks', async ({ product, lab }) => {
    await lab.terminal.expectPrompt();
    const { uid } = await stat(`/proc/${await product.webPid()}`);
    // A deep data folder has the labs' sockets elsewhere, since their addresses are short.
    const shares = (await containersOf(await product.owner())).flatMap(({ Mounts }) =>
      Mounts.filter(({ Destination }) => Destination === '/lab/share').map(({ Source }) => Source),
    );
    const find = async (...test: string[]): Promise<string[]> => {
      const places = [product.dataDir, ...shares];
      const { stdout } = await promisify(execFile)('find', [...places, '-not', '-type', 'l', ...test]);
      return stdout.split('\n').filter(Boolean);
    };
    const folders = await find('-type', 'd', '(', '-uid', String(uid), '-o', '-perm', '-002', ')');
    expect(folders.filter((path) => !path.startsWith(join(product.dataDir, 'web')))).toEqual([]);
    const given = await find('-uid', String(uid), '-not', '-path', `${product.dataDir}/web*`);
    expect(given.map((path) => path.replace(/^.*\//, '').replace(/t[a-z0-9]{11}/, 'ID'))).toEqual(
      expect.arrayContaining(['ID.sock', 'engine.sock']),
    );
    for (const path of given) expect((await stat(path)).isSocket(), path).toBe(true);
  });

  test('starts a lab, types in it, resets it and closes it all the same', async ({ lab, product }) => {
    const { terminal } = lab;
    expect(await terminal.run('echo $((6*7)); docker info -f "{{.ServerVersion}}"')).toMatch(/^42\n\d+\./);
    const before = await lab.session();
    await lab.post(`/api/lab-sessions/${before?.id}/reset`);
    const fresh = (before?.generation ?? 0) + 1;
    await expect.poll(async () => (await lab.session())?.generation, { timeout: 60_000 }).toBe(fresh);
    await expect.poll(async () => (await lab.session())?.status.state, { timeout: 60_000 }).toBe('ready');
    const closed = await lab.page.request.delete(lab.url(`/api/lab-sessions/${before?.id}`), {
      headers: { 'x-rollout-lab': '1' },
    });
    expect(closed.status()).toBeLessThan(300);
    await expect.poll(async () => (await statusOf(product.pid))['Uid']).toMatch(/^0\s/);
  });
});

test('a web process that dies takes the server along, and the next start has the labs', async ({
  startProduct,
}) => {
  const product = await startProduct();
  process.kill(await product.webPid(), 'SIGKILL');
  await expect.poll(() => product.hasEnded).toBe(true);
  await product.startAgain();
});

test('a broker that dies leaves no web process behind', async ({ startProduct }) => {
  const product = await startProduct();
  const web = await product.webPid();
  await product.kill();
  await expect
    .poll(
      () =>
        stat(`/proc/${web}`).then(
          () => 'there',
          () => 'gone',
        ),
      { timeout: 5_000 },
    )
    .toBe('gone');
  await product.startAgain();
});
