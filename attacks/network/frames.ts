/** Ethernet frames by hand, for what a kernel would not send. */

export const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff';

const macBytes = (mac: string): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex');
const ipBytes = (address: string): Buffer => Buffer.from(address.split('.').map(Number));

export interface UdpFrame {
  readonly fromMac: string;
  readonly toMac: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly text: string;
}

/** IPv4 and UDP; the UDP checksum stays zero, which IPv4 allows. */
export function udpFrame(frame: UdpFrame): Buffer {
  const payload = Buffer.from(frame.text);
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(40_000, 0);
  udp.writeUInt16BE(frame.port, 2);
  udp.writeUInt16BE(8 + payload.length, 4);
  const ip = Buffer.from('4500000000000000401100000000000000000000', 'hex');
  ip.writeUInt16BE(28 + payload.length, 2);
  ipBytes(frame.from).copy(ip, 12);
  ipBytes(frame.to).copy(ip, 16);
  ip.writeUInt16BE(internetChecksum(ip), 10);
  return Buffer.concat([
    macBytes(frame.toMac),
    macBytes(frame.fromMac),
    Buffer.from('0800', 'hex'),
    ip,
    udp,
    payload,
  ]);
}

/** An answer nobody asked for: "this address is mine". */
export function arpFrame(fromMac: string, claimed: string, toMac = BROADCAST_MAC): Buffer {
  const body = Buffer.concat([
    Buffer.from('0001080006040002', 'hex'),
    macBytes(fromMac),
    ipBytes(claimed),
    macBytes(toMac),
    ipBytes(claimed),
  ]);
  return Buffer.concat([macBytes(toMac), macBytes(fromMac), Buffer.from('0806', 'hex'), body]);
}

function internetChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
