import { Agent, request } from 'node:http';
import { createHistogram } from 'node:perf_hooks';

export interface LoadOptions {
  /** The endpoint itself, e.g. http://127.0.0.1:3000/api/token. */
  url: string;
  /** Sent as JSON with each request. */
  body: unknown;
  seconds: number;
  /** Kept-alive connections; each sends its next request when the answer is read. */
  connections: number;
}

export interface LoadResult {
  /** Answers with status 201 a second. */
  requestsPerSecond: number;
  /** Milliseconds. */
  median: number;
  p99: number;
  /** How often each other status, or "error", came. */
  failures: Record<string, number>;
}

/** Loads a token endpoint for some seconds and answers what it bore. */
export async function measureTokenEndpoint(options: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const payload = JSON.stringify(options.body);
  const microseconds = createHistogram();
  const failures: Record<string, number> = {};
  const started = performance.now();
  const deadline = started + options.seconds * 1_000;
  let answers = 0;

  const connection = async (): Promise<void> => {
    while (performance.now() < deadline) {
      const asked = performance.now();
      const status = await ask(options.url, agent, payload);
      if (status === 201) {
        answers += 1;
        microseconds.record(Math.max(1, Math.round((performance.now() - asked) * 1_000)));
      } else {
        failures[status] = (failures[status] ?? 0) + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: options.connections }, connection));
  const seconds = (performance.now() - started) / 1_000;
  agent.destroy();
  return {
    requestsPerSecond: answers / seconds,
    median: microseconds.percentile(50) / 1_000,
    p99: microseconds.percentile(99) / 1_000,
    failures,
  };
}

function ask(url: string, agent: Agent, payload: string): Promise<number | 'error'> {
  return new Promise((resolve) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(payload),
    };
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 'error'));
      response.on('error', () => resolve('error'));
    });
    outgoing.on('error', () => resolve('error'));
    outgoing.end(payload);
  });
}
