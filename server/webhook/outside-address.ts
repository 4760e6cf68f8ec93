import { BlockList, isIP, isIPv4 } from 'node:net';

/** Never to be asked, whoever names the host: link-local, where clouds keep their metadata, and "any". */
const NEVER = listOf({ ipv4: ['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'] });

/** IANA's registry of special purposes, as far as it is not in `NEVER`. */
const INSIDE = listOf({
  ipv4: [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
  ],
  ipv6: ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
});
/** Everything that leads anywhere outside; mapped, translated and local addresses lie beside it. */
const GLOBAL_V6 = listOf({ ipv6: ['2000::/3'] });
const LOCAL_V6 = listOf({ ipv6: ['::1/128', 'fc00::/7'] });

/** Whether this IP address belongs to a machine on the internet. */
export function isOutside(address: string): boolean {
  if (!mayBeNamed(address)) return false;
  return isIPv4(address)
    ? !INSIDE.check(address)
    : GLOBAL_V6.check(address, 'ipv6') && !INSIDE.check(address, 'ipv6');
}

/** Whether a host that the operator named may have this IP address. */
export function mayBeNamed(address: string): boolean {
  if (isIPv4(address)) return !NEVER.check(address);
  return isIP(address) === 6 && (GLOBAL_V6.check(address, 'ipv6') || LOCAL_V6.check(address, 'ipv6'));
}

function listOf(subnets: Partial<Record<'ipv4' | 'ipv6', readonly string[]>>): BlockList {
  const list = new BlockList();
  for (const type of ['ipv4', 'ipv6'] as const)
    for (const subnet of subnets[type] ?? []) {
      const [network = '', bits] = subnet.split('/');
      list.addSubnet(network, Number(bits), type);
    }
  return list;
}
