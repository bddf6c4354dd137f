import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../token-server/app.ts';
import type { TokenServerParts } from '../../token-server/app.ts';
import type { TokenServerConfig } from '../../token-server/config.ts';
import { createLogger } from '../../runtime/logger.ts';

export const testConfig: TokenServerConfig = {
  host: '127.0.0.1',
  port: 0,
  webDir: '/nowhere',
  databaseUrl: 'postgres://127.0.0.1/unused',
  masterKey: null,
  livekit: {
    url: 'ws://127.0.0.1:7880',
    publicUrl: 'wss://calls.example.com',
    apiKey: 'test-key',
    apiSecret: 'a-test-secret-of-at-least-32-characters',
  },
  workerName: 'slotline-test',
  rehearsal: false,
  corsOrigins: [],
  rateLimit: { store: 'memory', tokensPerMinute: 20, webhooksPerMinute: 600 },
  trustProxy: false,
  office: null,
  recordings: null,
  logLevel: 'trace',
};

export interface RunningTokenServer extends AsyncDisposable {
  url: string;
  /** All that was logged so far, parsed. */
  logs(): Record<string, unknown>[];
  /** The same as written. */
  logText(): string;
  /** Sends JSON, or a string as it is, to POST /api/token. */
  requestToken(body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** A token server, on a free port unless one is given; by default nothing limits it and no agent exists. */
export async function startTokenServer(
  parts: Partial<Omit<TokenServerParts, 'config' | 'logger'>> & {
    config?: Partial<TokenServerConfig>;
  } = {},
): Promise<RunningTokenServer> {
  let logText = '';
  const logger = createLogger('token-server', 'trace', { write: (line) => void (logText += line) });
  const config = { ...testConfig, ...parts.config };
  const app = createApp({
    findAgent: async () => undefined,
    tokenLimiter: { take: async () => 0 },
    agentLimiter: { take: async () => 0 },
    checks: {},
    isVisitorAtLimit: async () => false,
    noteUntrustedProxy: async () => {},
    webhooks: null,
    assistants: null,
    office: null,
    logger,
    ...parts,
    config,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(config.port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    logText: () => logText,
    logs: () =>
      logText
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    requestToken: (body, headers = {}) =>
      fetch(`${url}/api/token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
