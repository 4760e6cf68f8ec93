import { compareDebianVersions } from './wall/compare-debian-versions.ts';

/**
 * The lowest package versions of the node image that hold what is known to be fixed in Debian; `docs/operations.md`
 * says where the packages come from. Raise an entry together with its reason.
 */
interface Floor {
  readonly package: string;
  readonly version: string;
  readonly fixes: string;
  /** An image does well without it. */
  readonly optional?: true;
  /** Published, and in no package that can be had: what the wall makes of it stands in `docs/operations.md`. */
  readonly open?: string;
}

const VERSION_FLOOR: readonly Floor[] = [
  {
    package: 'docker.io',
    version: '26.1.5+dfsg1-9+deb13u1',
    fixes:
      'CVE-2026-34040, CVE-2026-33997, CVE-2026-41568, CVE-2026-42306; in its BuildKit CVE-2026-33747, CVE-2026-33748',
    open: 'CVE-2026-41567',
  },
  { package: 'containerd', version: '1.7.24~ds1-6+deb13u1', fixes: 'CVE-2024-25621, CVE-2025-64329' },
  { package: 'crun', version: '1.28', fixes: 'CVE-2026-30892, CVE-2026-47766' },
  {
    package: 'runc',
    version: '1.3.6',
    fixes: 'CVE-2025-31133, CVE-2025-52565, CVE-2025-52881, CVE-2026-41579',
    optional: true,
  },
];

export interface FloorVerdict {
  readonly isMet: boolean;
  /** One English line for operators. */
  readonly detail: string;
}

/** @param versions package → version, as the node image has them */
export function judgeVersions(versions: Readonly<Record<string, string>>): FloorVerdict {
  const below = VERSION_FLOOR.filter(({ package: name, version, optional }) => {
    const found = versions[name];
    return found === undefined ? !optional : compareDebianVersions(found, version) < 0;
  });
  if (below.length > 0) {
    const lines = below.map(
      ({ package: name, version, fixes }) =>
        `${name} ${versions[name] ?? 'unknown'} is below ${version} (${fixes})`,
    );
    return { isMet: false, detail: lines.join('; ') };
  }
  const there = VERSION_FLOOR.filter(({ package: name }) => versions[name] !== undefined);
  const open = there.flatMap((floor) => floor.open ?? []);
  const names = there.map(({ package: name }) => `${name} ${versions[name]}`).join(', ');
  return { isMet: true, detail: `${names}; open: ${open.join(', ') || 'none'}` };
}
