import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { measureTokenEndpoint } from './measure-token-endpoint.ts';
import type { LoadResult } from './measure-token-endpoint.ts';

export interface CompareOptions {
  /** A migrated database in which the agent exists. */
  databaseUrl: string;
  /** The agent's slug. */
  agent: string;
  /** Length of each measurement; 5 unless told otherwise. */
  seconds?: number;
  /** 32 unless told otherwise. */
  connections?: number;
  /** Measurements of each endpoint, in turn; the median one counts. 3 unless told otherwise. */
  rounds?: number;
}

/**
 * Our token endpoint (database look-up, limiter, validation, log line a request) beside LiveKit's
 * documented sample, each in a process of its own, in turn under the same load.
 */
export async function compareTokenEndpoints(
  options: CompareOptions,
): Promise<{ ours: LoadResult; sample: LoadResult }> {
  const environment = {
    LIVEKIT_URL: 'ws://127.0.0.1:7880',
    LIVEKIT_API_KEY: 'bench-key',
    LIVEKIT_API_SECRET: 'a-bench-secret-of-at-least-32-characters',
  };
  const ours = await startEndpoint('../../token-server/main.ts', {
    ...environment,
    DATABASE_URL: options.databaseUrl,
    PORT: '0',
    TOKENS_PER_MINUTE: '1000000',
  });
  const sample = await startEndpoint('./main.ts', environment);
  try {
    const load = {
      body: { room_config: { agents: [{ agent_name: options.agent }] }, participant_name: 'Mary' },
      seconds: options.seconds ?? 5,
      connections: options.connections ?? 32,
    };
    const results = { ours: [] as LoadResult[], sample: [] as LoadResult[] };
    for (const { url } of [ours, sample]) await measureTokenEndpoint({ ...load, url, seconds: 2 });
    for (let round = 0; round < (options.rounds ?? 3); round += 1) {
      results.ours.push(await measureTokenEndpoint({ ...load, url: ours.url }));
      results.sample.push(await measureTokenEndpoint({ ...load, url: sample.url }));
    }
    return { ours: medianOf(results.ours), sample: medianOf(results.sample) };
  } finally {
    await Promise.all([ours.stop(), sample.stop()]);
  }
}

function medianOf(results: LoadResult[]): LoadResult {
  const sorted = results.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (!median) throw new Error('Measure at least one round.');
  return median;
}

/** Runs one endpoint until it says "ready" with its address. */
async function startEndpoint(file: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    const lines = createInterface(child.stdout);
    lines.on('line', (text) => {
      const line = JSON.parse(text) as { msg?: string; url?: string };
      if (line.msg === 'ready' && line.url) resolve(line.url);
    });
    lines.on('close', () => reject(new Error(`${file} ended before it was ready`)));
  });
  return {
    url: `${address}/api/token`,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
