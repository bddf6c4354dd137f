import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { RoomAgentDispatch, RoomConfiguration, SipClient } from 'livekit-server-sdk';
import { startSlotline } from '../../start/running.ts';
import type { Running } from '../../runtime/running/running-file.ts';
import { summarize } from '../calls/measure-call.ts';
import { untilSteady, workerOf } from '../calls/processes.ts';
import { startStockLine } from '../calls/stock-line.ts';
import { measurePhoneCall, UnansweredError } from './sip-caller.ts';
import type { PhoneFigures } from './sip-caller.ts';

const STOCK_NUMBER = '+12025550190';
const AT_ONCE = 5;

interface Peer {
  number: string;
  /** The worker's process. */
  pid: number;
  alone: PhoneFigures[];
  atOnce: PhoneFigures[];
  /** Calls that nobody answered within a minute: a worker may turn calls away when it is busy. */
  unanswered: number;
}

/**
 * Calls Slotline and a stock worker by SIP in one run, in turn, on the same LiveKit SIP and the same
 * rehearsal model, and prints the table.
 *
 * @param rounds calls of each, one after the other; five at once are called a third as often
 */
export async function runPhoneBench(rounds: number): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'slotline-bench-'));
  const slotline = await startSlotline({
    ephemeral: true,
    rehearsal: true,
    phone: true,
    dataDirectory,
  });
  const secrets = JSON.parse(await readFile(join(dataDirectory, 'secrets.json'), 'utf8')) as {
    rehearsalApiKey: string;
  };
  const stock = await startStockLine(slotline, secrets.rehearsalApiKey);
  try {
    if (!slotline.phone) throw new Error('The start has no phone line.');
    const { number, sipPort } = slotline.phone;
    await addStockNumber(slotline);
    const ours = newPeer(number, await workerOf(slotline.pid));
    const theirs = newPeer(STOCK_NUMBER, stock.pid);
    const callers = callerNumbers();
    const dial = async (peer: Peer): Promise<PhoneFigures[]> => {
      try {
        return [await measurePhoneCall({ sipPort, number: peer.number, from: callers() })];
      } catch (error) {
        if (!(error instanceof UnansweredError)) throw error;
        peer.unanswered += 1;
        return [];
      }
    };
    // One call each that does not count: caches, compiled code, warm processes.
    for (const peer of [ours, theirs]) await dial(peer);
    for (const peer of [ours, theirs]) peer.unanswered = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of [ours, theirs]) {
        await untilSteady(peer.pid);
        peer.alone.push(...(await dial(peer)));
      }
    }
    for (let round = 0; round < rounds / 3; round += 1) {
      for (const peer of [ours, theirs]) {
        await untilSteady(peer.pid);
        const calls = Array.from({ length: AT_ONCE }, () => dial(peer));
        peer.atOnce.push(...(await Promise.all(calls)).flat());
      }
    }
    print(rounds, ours, theirs);
  } finally {
    await stock.stop();
    await slotline.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

function newPeer(number: string, pid: number): Peer {
  return { number, pid, alone: [], atOnce: [], unanswered: 0 };
}

/** As the framework's telephone quick start does: a trunk, and a rule that names the agent. */
async function addStockNumber(running: Running): Promise<void> {
  const client = new SipClient(running.livekitUrl, running.livekitApiKey, running.livekitApiSecret);
  const trunk = await client.createSipInboundTrunk('stock', [STOCK_NUMBER], {
    allowedAddresses: ['127.0.0.1/32'],
  });
  await client.createSipDispatchRule(
    { type: 'individual', roomPrefix: 'stock-' },
    {
      trunkIds: [trunk.sipTrunkId],
      roomConfig: new RoomConfiguration({
        agents: [new RoomAgentDispatch({ agentName: 'stock' })],
      }),
    },
  );
}

/** Another caller each time: Slotline serves one only so often an hour. */
function callerNumbers(): () => string {
  let next = 0;
  return () => `+1202555${String(1_000 + next++).padStart(4, '0')}`;
}

function print(rounds: number, ours: Peer, theirs: Peer): void {
  const figures = (
    pick: (peer: Peer) => PhoneFigures[],
    what: keyof PhoneFigures,
  ): [string, string] => {
    const [left, right] = [ours, theirs].map((peer) => {
      const values = pick(peer).map((each) => each[what]);
      if (values.length === 0) return 'none answered';
      const { median, p90 } = summarize(values);
      return `${median.toFixed(0)} / ${p90.toFixed(0)} / ${Math.max(...values).toFixed(0)} ms`;
    });
    return [left ?? '', right ?? ''];
  };
  const alone = (peer: Peer): PhoneFigures[] => peer.alone;
  const atOnce = (peer: Peer): PhoneFigures[] => peer.atOnce;
  const rows = [
    ['median / p90 / slowest', 'Slotline', 'peer'],
    ['---', '---', '---'],
    ['INVITE → 200', ...figures(alone, 'answered')],
    ['INVITE → first audible agent sample', ...figures(alone, 'heard')],
    [`${AT_ONCE} at once: INVITE → 200`, ...figures(atOnce, 'answered')],
    [`${AT_ONCE} at once: INVITE → first audible agent sample`, ...figures(atOnce, 'heard')],
    ['calls not answered within a minute', String(ours.unanswered), String(theirs.unanswered)],
  ];
  const processor = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`;
  console.log(`\n${rounds} calls each, in turn, and five at once, ${processor}\n`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
