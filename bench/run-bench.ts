import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVoice } from '../rehearsal/caller/voice.ts';
import { startSlotline } from '../start/running.ts';
import { measureCall, summarize } from './calls/measure-call.ts';
import type { CallFigures, Line } from './calls/measure-call.ts';
import { memoryOfTree, untilSteady, workerOf } from './calls/processes.ts';
import { dialSlotline } from './calls/slotline-line.ts';
import { startStockLine } from './calls/stock-line.ts';
import { compareTokenEndpoints } from './token-endpoint/compare-token-endpoints.ts';

const SENTENCE = 'i would like to book an appointment';
const MEGABYTE = 1_048_576;

interface Peer {
  line: Line;
  /** The worker's process. */
  pid: number;
  figures: CallFigures[];
  /** Bytes, one a call. */
  jobMemory: number[];
  restMemory: number[];
}

/**
 * Measures Slotline and a stock worker in one run, in turn, on the same LiveKit server and the same
 * rehearsal model, and prints the table.
 *
 * @param rounds calls of each
 */
export async function runBench(rounds: number): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'slotline-bench-'));
  const slotline = await startSlotline({ ephemeral: true, rehearsal: true, dataDirectory });
  const secrets = JSON.parse(await readFile(join(dataDirectory, 'secrets.json'), 'utf8')) as {
    rehearsalApiKey: string;
  };
  const stock = await startStockLine(slotline, secrets.rehearsalApiKey);
  try {
    const sentence = await openVoice().speak('rms', SENTENCE);
    const ours = newPeer({ dial: () => dialSlotline(slotline) }, await workerOf(slotline.pid));
    const theirs = newPeer(stock, stock.pid);
    // One call each that does not count: caches, compiled code, warm processes.
    for (const peer of [ours, theirs])
      await measureCall(peer.line, sentence, () => Promise.resolve());
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of [ours, theirs]) {
        await untilIdle(peer);
        peer.figures.push(await measureCall(peer.line, sentence, () => weigh(peer)));
      }
    }
    await stock.stop();
    const tokens = await compareTokenEndpoints({
      databaseUrl: slotline.databaseUrl,
      agent: 'front-desk',
    });
    print(rounds, ours, theirs, tokens);
  } finally {
    await stock.stop();
    await slotline.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

function newPeer(line: Line, pid: number): Peer {
  return { line, pid, figures: [], jobMemory: [], restMemory: [] };
}

/** During a call: the heaviest job process is the one that serves it. */
async function weigh(peer: Peer): Promise<void> {
  const memories = await memoryOfTree(peer.pid);
  const jobs: number[] = [];
  for (const { pid, pss } of memories) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('job_proc_lazy_main')) jobs.push(pss);
  }
  peer.jobMemory.push(Math.max(...jobs));
}

/** Waits until the job process of the last call is gone and a warm one waits, and weighs the rest. */
async function untilIdle(peer: Peer): Promise<void> {
  const tree = await untilSteady(peer.pid);
  peer.restMemory.push(tree.reduce((sum, { pss }) => sum + pss, 0));
}

function print(
  rounds: number,
  ours: Peer,
  theirs: Peer,
  tokens: Awaited<ReturnType<typeof compareTokenEndpoints>>,
): void {
  const milliseconds = (peer: Peer, pick: (figures: CallFigures) => number): string => {
    const { median, p90 } = summarize(peer.figures.map(pick));
    return `${median.toFixed(0)} / ${p90.toFixed(0)} ms`;
  };
  const megabytes = (values: number[]): string =>
    `${(summarize(values).median / MEGABYTE).toFixed(0)} MB`;
  const rate = (result: { requestsPerSecond: number; p99: number }): string =>
    `${result.requestsPerSecond.toFixed(0)} (p99 ${result.p99.toFixed(1)} ms)`;
  const rows = [
    ['', 'Slotline', 'peer'],
    ['---', '---', '---'],
    [
      'asking for a token → first audible agent sample, median / p90',
      milliseconds(ours, (figures) => figures.firstSample),
      milliseconds(theirs, (figures) => figures.firstSample),
    ],
    [
      "caller's end of speech → first agent sample, median / p90",
      milliseconds(ours, (figures) => figures.reply),
      milliseconds(theirs, (figures) => figures.reply),
    ],
    [
      'memory of one call (PSS of its job process)',
      megabytes(ours.jobMemory),
      megabytes(theirs.jobMemory),
    ],
    [
      'memory of the worker at rest, with its warm processes',
      megabytes(ours.restMemory),
      megabytes(theirs.restMemory),
    ],
    ['POST /api/token a second, 32 connections', rate(tokens.ours), rate(tokens.sample)],
  ];
  console.log(`\n${rounds} calls each, in turn, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}\n`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
