import { z } from 'zod';
import { judgeVersions } from '../../server/docker/version-floor.ts';
import { type Attack, broken, held, type Outcome } from '../attack.ts';
import type { Ground } from '../ground/ground.ts';

const Versions = z.record(z.string(), z.string());

async function belowFloor(ground: Ground): Promise<Outcome> {
  const lab = await ground.attacker();
  const { output } = await lab.learner('cat /opt/rollout-lab/versions.json');
  const { isMet, detail } = judgeVersions(Versions.parse(JSON.parse(output)));
  return isMet ? held(detail) : broken(detail);
}

export const VERSIONS_ATTACKS: readonly Attack[] = [
  {
    id: 'versions/floor',
    tried: 'find a program in the node with a hole that is published and fixed',
    from: 'learner',
    must: 'none is below its floor; what is open is named',
    run: belowFloor,
  },
];
