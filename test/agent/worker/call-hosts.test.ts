import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallHosts } from '../../../agent/worker/call-hosts.ts';
import type { AssignedCall } from '../../../agent/worker/livekit-worker.ts';

const PROGRAM = fileURLToPath(new URL('behaving-host.ts', import.meta.url));
const SOON = { timeout: 30_000, interval: 10 };

let hosts: CallHosts;
let lost: AssignedCall[];

async function startHosts(count = 2): Promise<void> {
  lost = [];
  hosts = new CallHosts({
    program: PROGRAM,
    hangsAfter: 2,
    count,
    memory: 500,
    logger: pino({ level: 'silent' }),
    onChange: () => {},
    onLost: (call) => lost.push(call),
  });
  await hosts.start();
}

const call = (id: string, metadata: string): AssignedCall => ({
  id,
  metadata,
  roomName: `room-${id}`,
  url: 'ws://127.0.0.1:1',
  token: '',
  takenFrom: null,
  isTurnedAway: false,
});

describe('hosts of calls', () => {
  afterEach(() => hosts.close(1_000));

  it('are spread over the processes, and forgotten once they are over', async () => {
    await startHosts();
    await vi.waitUntil(() => hosts.open === 2, SOON);
    for (const id of ['1', '2', '3', '4']) hosts.serve(call(id, 'goes on'));
    expect(hosts.sizes).toEqual([2, 2]);
    hosts.end('1');
    hosts.end('4');
    await vi.waitUntil(() => hosts.size === 2, SOON);
    hosts.serve(call('5', 'is over at once'));
    await vi.waitUntil(() => hosts.size === 2, SOON);
  });

  it('take over the calls of a process that is killed, and lose what kills two', async () => {
    await startHosts();
    await vi.waitUntil(() => hosts.open === 2, SOON);
    hosts.serve(call('1', 'goes on'));
    hosts.serve(call('2', 'kills its host'));
    await vi.waitUntil(() => lost.length === 1, SOON);
    expect(lost).toEqual([{ ...call('2', 'kills its host'), takenFrom: expect.any(String) }]);
    await vi.waitUntil(() => hosts.open === 2 && hosts.size === 1, SOON);
  });

  it('end a process that hangs', async () => {
    await startHosts(1);
    hosts.serve(call('1', 'blocks its host'));
    await vi.waitUntil(() => lost.length === 1, SOON);
    expect(lost).toEqual([{ ...call('1', 'blocks its host'), takenFrom: expect.any(String) }]);
    await vi.waitUntil(() => hosts.open === 1, SOON);
  });

  it.each(['wears its host', 'fattens its host'])(
    'replace a process that a call %s, and let its calls go on',
    async (behaviour) => {
      await startHosts(1);
      hosts.serve(call('1', 'goes on'));
      hosts.serve(call('2', behaviour));
      await vi.waitUntil(() => hosts.sizes.length === 2 && hosts.open === 1, SOON);
      expect(hosts.size).toBe(2);
      hosts.serve(call('3', 'goes on'));
      expect(hosts.sizes).toEqual([2, 1]);
      hosts.end('1');
      hosts.end('2');
      await vi.waitUntil(() => hosts.sizes.length === 1, SOON);
      expect(lost).toEqual([]);
    },
  );

  it('serve later what comes while no process is ready', async () => {
    await startHosts(1);
    hosts.serve(call('1', 'kills its host'));
    await vi.waitUntil(() => lost.length === 1, SOON);
    hosts.serve(call('2', 'goes on'));
    expect(hosts.size).toBe(1);
    await vi.waitUntil(() => hosts.sizes[0] === 1, SOON);
  });

  it('are empty when the last call is over, and take no more processes', async () => {
    await startHosts(1);
    hosts.serve(call('1', 'goes on'));
    const empty = hosts.empty();
    hosts.end('1');
    await empty;
    expect(hosts.sizes).toEqual([]);
  });
});
