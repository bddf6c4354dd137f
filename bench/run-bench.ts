import { cpus, loadavg } from 'node:os';
import { RoomServiceClient } from 'livekit-server-sdk';
import { openDatabase } from '../db/database.ts';
import { openVoice } from '../rehearsal/caller/voice.ts';
import { measureCall, summarize } from './calls/measure-call.ts';
import type { CallFigures } from './calls/measure-call.ts';
import { startPeers } from './calls/peers.ts';
import type { Peer, Peers } from './calls/peers.ts';
import { playBurst } from './calls/play-burst.ts';
import type { Burst } from './calls/play-burst.ts';
import { untilSteady } from './calls/processes.ts';
import { measureHotSlot } from './storm/claims.ts';
import { compareTokenEndpoints } from './token-endpoint/compare-token-endpoints.ts';

const SENTENCE = 'i would like to book an appointment';
const MEGABYTE = 1_048_576;
const BURSTS = [3, 5, 10];
/** Milliseconds of claims. */
const CLAIMS = 5_000;
/** Processes that wanted a core when the run began: with more, times are those of a busy machine. */
const QUIET = 0.5;

interface Measured {
  calls: CallFigures[];
  /** Milliseconds, one an answer. */
  ownTimes: number[];
  /** Milliseconds, one for each 20 ms of sound. */
  audioDelays: number[];
  /** By the number of callers at once. */
  bursts: Map<number, Burst>;
}

/** One line of the table; what is asked of the ratio, or of our own figure. */
interface Row {
  what: string;
  ours: number;
  stock?: number;
  unit: string;
  goal: string;
  digits?: number;
}

/**
 * Measures Slotline and a stock agents-js worker in one run, in turn, on the same LiveKit server and a
 * model that costs next to nothing, and prints the table.
 *
 * @param rounds calls of each, one after the other
 */
export async function runBench(rounds: number): Promise<void> {
  const [load = 0] = loadavg();
  const peers = await startPeers(Math.max(...BURSTS));
  try {
    const sentence = await openVoice().speak('rms', SENTENCE);
    const ours = newMeasured();
    const stock = newMeasured();
    const both = [
      [peers.ours, ours],
      [peers.stock, stock],
    ] as const;
    await measureCalls(peers, both, { rounds, sentence });
    for (const size of BURSTS) {
      for (const [{ line, pid }, { bursts }] of both) {
        await untilSteady(pid);
        bursts.set(size, await playBurst(line, { pid, size, sentence }));
      }
    }
    const { databaseUrl } = peers.slotline;
    const tokens = await compareTokenEndpoints({ databaseUrl, agent: 'front-desk' });
    const db = openDatabase({ connectionString: databaseUrl, maxConnections: 24 });
    const claims = await measureHotSlot(db, CLAIMS);
    await db.destroy();
    const rows: Row[] = [
      ...rowsOfCalls(ours, stock),
      {
        what: 'POST /api/token a second, 32 connections',
        ours: tokens.ours.requestsPerSecond,
        stock: tokens.sample.requestsPerSecond,
        unit: '',
        goal: '≥ 1 × the sample',
      },
      { what: 'claims a second on one hot slot', ours: claims, unit: '', goal: '≥ 5,000' },
    ];
    print(rows, { rounds, load });
  } finally {
    await peers.stop();
  }
}

function newMeasured(): Measured {
  return { calls: [], ownTimes: [], audioDelays: [], bursts: new Map() };
}

async function measureCalls(
  { model, slotline }: Peers,
  both: readonly (readonly [Peer, Measured])[],
  { rounds, sentence }: { rounds: number; sentence: Int16Array },
): Promise<void> {
  const { livekitUrl, livekitApiKey, livekitApiSecret } = slotline;
  const url = livekitUrl.replace('ws', 'http');
  const rooms = new RoomServiceClient(url, livekitApiKey, livekitApiSecret);
  // One call each that does not count: caches, compiled code, warm processes.
  for (const [{ line }] of both) await measureCall(line, sentence, rooms);
  await model.report();
  for (let round = 0; round < rounds; round += 1) {
    for (const [{ line, pid }, measured] of both) {
      await untilSteady(pid);
      measured.calls.push(await measureCall(line, sentence, rooms));
      const { ownTimes, audioDelays } = await model.report();
      measured.ownTimes.push(ownTimes[0] ?? Number.NaN);
      measured.audioDelays.push(...audioDelays);
    }
  }
}

function rowsOfCalls(ours: Measured, stock: Measured): Row[] {
  const row = (
    what: string,
    goal: string,
    of: (measured: Measured) => number,
    unit = 'ms',
    digits = 0,
  ): Row => ({ what, goal, ours: of(ours), stock: of(stock), unit, digits });
  const middle = (values: number[]): number => summarize(values).median;
  const most = Math.max(...BURSTS);
  return [
    row(
      "caller's sound → model, p95 beside the fastest",
      '≤ 1/20 ×',
      ({ audioDelays }) => summarize(audioDelays).p95,
      'ms',
      1,
    ),
    row(
      "end of speech → first agent sample, without the model's own time",
      '≤ 0.6 ×',
      ({ calls, ownTimes }) => middle(calls.map(({ reply }, at) => reply - (ownTimes[at] ?? 0))),
    ),
    row('asking for a token → first audible sample', '≤ 1 ×', ({ calls }) =>
      middle(calls.map(({ firstSample }) => firstSample)),
    ),
    ...BURSTS.map((size) =>
      row(
        `${size} calls at once: last greeting`,
        size === most ? '≤ 0.25 ×, ≤ 2,500 ms' : '≤ 0.25 ×',
        ({ bursts }) => lastGreeting(bursts.get(size)),
      ),
    ),
    row(
      `memory of each of ${most} calls (PSS)`,
      '≤ 0.25 ×, ≤ 35 MB',
      ({ bursts }) => (bursts.get(most)?.memory ?? Number.NaN) / MEGABYTE,
      'MB',
    ),
    row(
      "processor of a call's beginning, five at once",
      '≤ 150 ms',
      ({ bursts }) => bursts.get(5)?.beginning ?? Number.NaN,
    ),
    row(
      'processor of a minute of a call, five at once',
      '',
      ({ bursts }) => bursts.get(5)?.minute ?? Number.NaN,
    ),
    row('hanging up → agent gone', '≤ 2,000 ms', ({ calls }) =>
      middle(calls.map(({ gone }) => gone)),
    ),
  ];
}

/** Infinite where somebody was not greeted at all. */
function lastGreeting(burst: Burst | undefined): number {
  return Math.max(...(burst?.greeted.map((time) => time ?? Number.POSITIVE_INFINITY) ?? []));
}

function print(rows: Row[], { rounds, load }: { rounds: number; load: number }): void {
  const cores = cpus();
  console.log(`\n${rounds} calls each, in turn, ${cores.length} × ${cores[0]?.model ?? 'CPU'}`);
  if (load > QUIET * cores.length) {
    console.log(
      `**Not a quiet machine**: a load of ${load.toFixed(1)} when it began; times are no figures to keep.`,
    );
  }
  console.log('\n| | Slotline | stock | ratio | asked |\n| --- | --- | --- | --- | --- |');
  for (const { what, ours, stock, unit, goal, digits = 0 } of rows) {
    const figure = (value: number | undefined): string => {
      if (value === undefined) return '';
      return value === Number.POSITIVE_INFINITY ? 'not all' : `${value.toFixed(digits)} ${unit}`;
    };
    const ratio = stock === undefined ? '' : (ours / stock).toFixed(2);
    console.log(`| ${[what, figure(ours), figure(stock), ratio, goal].join(' | ')} |`);
  }
}
