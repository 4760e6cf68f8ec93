import type { WallPart, WallReport } from '#contract/wall.ts';
import { judgeVersions } from '../version-floor.ts';
import type { ReadyMark } from './ready-mark.ts';

export interface WallFindings {
  /** `null`: no node came up, or not one of ours. */
  readonly mark: ReadyMark | null;
  /** Why there is no mark. */
  readonly trouble: string;
  /** Of the engine in the node. */
  readonly storageDriver: string | null;
  readonly disk: Pick<WallPart, 'state' | 'detail'>;
  readonly kernel: string;
  readonly cgroupVersion: '1' | '2';
  readonly outerEngineVersion: string;
  readonly probedAtMs: number;
}

type State = Pick<WallPart, 'state' | 'detail'>;

/** The eight capabilities of a node's start line, and no other. */
const BOUNDING_SET = '00000000002410e3';

/** A report from what was found. Who asks a running server puts `server-split` in. */
export function judgeWall(found: WallFindings): WallReport {
  const { mark, trouble, disk, kernel, cgroupVersion, outerEngineVersion, probedAtMs } = found;
  const of = (judge: (mark: ReadyMark) => State): State =>
    mark === null ? { state: 'unknown', detail: trouble } : judge(mark);
  const parts: WallPart[] = [
    { part: 'user-namespace', ...of(({ wall }) => userNamespace(wall.uidMap)) },
    { part: 'overlay', ...of(() => overlay(found.storageDriver)) },
    { part: 'seccomp', ...of(({ wall }) => seccomp(wall)) },
    { part: 'no-new-privileges', ...of(({ wall }) => privileges(wall)) },
    {
      part: 'network-filter',
      ...of(({ wall }) =>
        wall.networkFilter
          ? { state: 'holds', detail: "frames are filtered outside the lab's network namespace" }
          : { state: 'missing', detail: 'frames of a lab are not filtered' },
      ),
    },
    { part: 'disk', ...disk },
    { part: 'server-split', state: 'unknown', detail: 'known to a running server only' },
    { part: 'versions', ...of(({ versions }) => versionState(versions)) },
  ];
  return {
    parts,
    holds: parts.every(({ state }) => state === 'holds'),
    kernel,
    cgroupVersion: mark === null ? cgroupVersion : mark.wall.cgroup === 2 ? '2' : '1',
    appArmor: appArmorOf(mark),
    routesVirtualIps: mark?.wall.ipvs === 'works',
    versions: { ...mark?.versions, 'engine outside': outerEngineVersion },
    probedAtMs,
  };
}

export function withPart(report: WallReport, part: WallPart): WallReport {
  const parts = report.parts.map((one) => (one.part === part.part ? part : one));
  return { ...report, parts, holds: parts.every(({ state }) => state === 'holds') };
}

function userNamespace(uidMap: string): State {
  const [inside, outside, count, ...more] = uidMap.split(/\s+/).map(Number);
  const isOwn = inside === 0 && Number(outside) >= 65536 && Number(count) <= 65536 && more.length === 0;
  return isOwn
    ? { state: 'holds', detail: `root of a lab is user ${outside} outside, its ${count} ids are its own` }
    : { state: 'missing', detail: `the lab's ids are mapped as "${uidMap}"` };
}

function overlay(driver: string | null): State {
  if (driver === null) return { state: 'unknown', detail: 'the engine in the node did not tell its storage' };
  return driver === 'overlay2'
    ? { state: 'holds', detail: 'overlay2 in the user namespace' }
    : { state: 'missing', detail: `the engine in the node stores images by ${driver}` };
}

function seccomp({ seccomp: mode, labProfile }: ReadyMark['wall']): State {
  if (mode !== 2) return { state: 'missing', detail: `no filter of system calls (mode ${mode})` };
  return labProfile
    ? { state: 'holds', detail: "the lab's own profile" }
    : { state: 'missing', detail: "a profile that is not the lab's" };
}

function privileges({ noNewPrivs, capabilities }: ReadyMark['wall']): State {
  if (noNewPrivs !== 1) return { state: 'missing', detail: 'programs can gain privileges' };
  return capabilities === BOUNDING_SET
    ? { state: 'holds', detail: 'no new privileges; eight capabilities for the init of a node' }
    : { state: 'missing', detail: `the init of a node has capabilities ${capabilities}` };
}

function versionState(versions: ReadyMark['versions']): State {
  const { isMet, detail } = judgeVersions(versions);
  return { state: isMet ? 'holds' : 'missing', detail };
}

function appArmorOf(mark: ReadyMark | null): WallReport['appArmor'] {
  const profile = mark?.wall.appArmor ?? '';
  if (profile === '') return 'absent';
  return profile.startsWith('unconfined') ? 'unconfined' : 'profile';
}
