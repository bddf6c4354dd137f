import { cpus } from 'node:os';
import { playBurst } from '../calls/play-burst.ts';
import type { Burst } from '../calls/play-burst.ts';
import { startPeers } from '../calls/peers.ts';
import { untilSteady } from '../calls/processes.ts';

const MEGABYTE = 1_048_576;

/**
 * Lets callers come in the same instant, to Slotline and to a stock worker in turn, and prints when the
 * last one was greeted and what a call costs.
 *
 * @param sizes callers at once, one burst each
 */
export async function runBurst(sizes: readonly number[]): Promise<void> {
  const { ours, stock, stop } = await startPeers(Math.max(...sizes));
  const peers = [ours, stock];
  try {
    for (const { line, pid } of peers) await playBurst(line, { pid, size: 1 });
    console.log(`\n${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}\n`);
    console.log('| at once | | last greeted | greeted | processor a call | memory a call |');
    console.log('| --- | --- | --- | --- | --- | --- |');
    for (const size of sizes) {
      for (const { name, line, pid } of peers) {
        await untilSteady(pid);
        console.log(describe(size, name, await playBurst(line, { pid, size })));
      }
    }
  } finally {
    await stop();
  }
}

function describe(size: number, name: string, { greeted, memory, beginning }: Burst): string {
  const times = greeted.filter((time) => time !== null);
  const last = times.length === 0 ? '–' : `${(Math.max(...times) / 1_000).toFixed(1)} s`;
  const cells = [
    size,
    name,
    last,
    `${times.length} of ${size}`,
    `${beginning.toFixed(0)} ms`,
    `${(memory / MEGABYTE).toFixed(0)} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
}
