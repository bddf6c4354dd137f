import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Addresses in hexadecimal, as /proc/net prints them: 127.0.0.1, ::1, ::ffff:127.0.0.1. */
const LOOPBACK = new Set([
  '0100007F',
  '00000000000000000000000001000000',
  '0000000000000000FFFF00000100007F',
]);

/** Process ids of a group, the leader too (proc(5), stat: field 5 is the group). */
export async function membersOf(groups: readonly number[]): Promise<number[]> {
  const members: number[] = [];
  for (const name of await readdir('/proc')) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
    if (!/^\d+$/.test(name) || stat === undefined) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] !== 'Z' && groups.includes(Number(fields[2]))) members.push(Number(name));
  }
  return members;
}

/** The sockets of these processes that wait for anybody, and whether only this machine is heard. */
export async function listeners(
  pids: readonly number[],
): Promise<{ socket: string; isLoopback: boolean }[]> {
  const inodes = new Set<string>();
  for (const pid of pids) {
    const folder = `/proc/${pid}/fd`;
    for (const name of await readdir(folder).catch(() => [])) {
      const target = await readlink(join(folder, name)).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode) inodes.add(inode);
    }
  }
  const found: { socket: string; isLoopback: boolean }[] = [];
  for (const protocol of ['tcp', 'tcp6', 'udp', 'udp6']) {
    const table = await readFile(`/proc/net/${protocol}`, 'utf8').catch(() => '');
    for (const line of table.split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      // 0A: a TCP listener; 07: a UDP socket that is tied to no peer.
      if (!inodes.has(inode) || (state !== '0A' && state !== '07')) continue;
      const [address = '', port = ''] = local.split(':');
      found.push({
        socket: `${protocol} ${address}:${Number.parseInt(port, 16)}`,
        isLoopback: LOOPBACK.has(address),
      });
    }
  }
  return found;
}
