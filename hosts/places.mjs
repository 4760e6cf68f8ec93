import path from 'node:path';
import { PATHS } from '../setup/settings.mjs';

const DIR = path.join(path.dirname(PATHS.records), 'hosts');

/** What the machine is made of and leaves behind; below `.data`, so that git does not see it. */
export const PLACES = {
  images: path.join(DIR, 'images'),
  logs: path.join(DIR, 'logs'),
  /** What the machine is given; it sees this folder at the same place, and can't write to it. */
  handover: path.join(DIR, 'handover'),
  /** Says how to reach a machine that is kept. */
  kept: path.join(DIR, 'kept.json'),
  recipe: 'hosts/rootfs.sh',
};
