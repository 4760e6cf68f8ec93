import { LabPage } from './page/lab-page.ts';
import { expect, signIn, test } from './product/test.ts';

test('start to a prompt', async ({ lab }) => {
  expect(await lab.terminal.run('docker info --format "{{.Swarm.LocalNodeState}}"')).toBe('inactive');
});
void LabPage; void signIn;
