import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { serveApi } from './api-server.ts';
import type { SentAnswer } from './api-server.ts';
import { Faults } from './faults.ts';
import { Mailbox } from './mailbox.ts';
import type { MailboxSeed } from './mailbox.ts';
import { Notifier } from './notifier.ts';

export interface MicrosoftSimulatorOptions {
  mailboxes: readonly MailboxSeed[];
  /** The address of the mailbox that a token opens; null for a token that is not known, or has ended. */
  addressOf: (token: string) => string | null | Promise<string | null>;
  /** Milliseconds since 1970. Default the machine's. */
  now?: () => number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Requests served at once for a mailbox; default 4, as Graph's. */
  atOnce?: number;
  logger?: Logger;
  /** Told every answer before it is sent. */
  onAnswer?: (answer: SentAnswer) => void;
  /** Serves what is no request of Graph; answers whether it did. */
  serveElse?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface MicrosoftSimulator {
  /** Without `/v1.0`. */
  url: string;
  mailboxes: readonly Mailbox[];
  faults: Faults;
  notifier: Notifier;
  /** Breaks every connection, hanging ones too, and stops listening. */
  close(): Promise<void>;
}

/** A stateful stand-in of the calendars of Microsoft Graph on loopback. */
export async function createMicrosoftSimulator(
  options: MicrosoftSimulatorOptions,
): Promise<MicrosoftSimulator> {
  const now = options.now ?? Date.now;
  const notifier = new Notifier(now);
  const mailboxes = options.mailboxes.map((seed) => {
    const mailbox: Mailbox = new Mailbox(seed, {
      now,
      tell: (change, event) => notifier.tell(mailbox, change, event),
    });
    return mailbox;
  });
  const faults = new Faults();
  const host = options.host ?? '127.0.0.1';
  const server = createServer();
  const url = () => `http://${host}:${(server.address() as AddressInfo).port}`;
  const api = {
    mailboxOf: async (token: string) => {
      const address = await options.addressOf(token);
      return mailboxes.find((each) => each.address === address) ?? null;
    },
    notifier,
    faults,
    now,
    root: () => `${url()}/v1.0`,
    atOnce: options.atOnce ?? 4,
    logger: options.logger ?? pino({ level: 'silent' }),
    onAnswer: options.onAnswer ?? (() => undefined),
  };
  server.on('request', (request, response) => {
    if (request.url === '/healthz') return void response.end('{"status":"ok"}');
    if (options.serveElse?.(request, response) === true) return;
    serveApi(api, request, response).catch((error: unknown) => {
      api.logger.warn({ err: error }, 'a request broke off');
      response.destroy();
    });
  });
  const { promise, reject, resolve } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port ?? 0, host, resolve);
  await promise;
  return {
    url: url(),
    mailboxes,
    faults,
    notifier,
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
      await notifier.settled();
    },
  };
}
