import { createHmac } from 'node:crypto';
import { connect } from 'node:net';

/** Numbers that are the same for the same seed (a linear congruential generator, Numerical Recipes). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return this.#state / 2 ** 32;
  }

  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.next() * of.length)] as T;
  }

  is(share: number): boolean {
    return this.next() < share;
  }
}

export interface HostileRequest {
  method: string;
  path: string;
  headers: [string, string][];
  body: Buffer;
}

const NAMES = [
  'agent',
  'participant_name',
  'time_zone',
  'room_config',
  'agents',
  'agent_name',
  'triggerEvent',
  'createdAt',
  'payload',
  'uid',
  'attendees',
  'metadata',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '\u0000',
  '\ud800',
  'a.b[0]',
];
const TEXTS = [
  'front-desk',
  'BOOKING_CREATED',
  'booking-1',
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud83d',
  '\udc00\ud800',
  '\u202e\u200b\u200d\ufeff',
  '\u2028\u2029\r\n',
  'Mary <script>',
  "' or 1=1; --",
  '%s%n%00',
  '../../etc/passwd',
  'Etc/Unknown',
  '2026-11-20T21:00:00Z',
  '+275760-09-13T00:00:00Z',
  '9'.repeat(400),
  '\u{1f600}'.repeat(60),
  'e\u0301'.repeat(2_000),
  'x'.repeat(20_000),
];
const SCALARS = [null, true, false, 0, -0, -1, 1.5, 1e308, 2 ** 53, -1e-320];
/** JSON that no value writes. */
const RAW = [
  '1e999',
  '-1e999',
  '"\\ud800"',
  '"\\u0000"',
  '{"a":1,"a":2}',
  '['.repeat(3_000) + ']'.repeat(3_000),
  '{"a":'.repeat(3_000) + '1' + '}'.repeat(3_000),
];

function valueOf(chance: Chance, depth = 0): unknown {
  const kind = chance.next();
  if (depth > 3 || kind < 0.4) return chance.one(TEXTS);
  if (kind < 0.6) return chance.one(SCALARS);
  if (kind < 0.7)
    return Array.from({ length: chance.one([0, 1, 2, 30]) }, () => valueOf(chance, depth + 1));
  return objectOf(chance, depth + 1);
}

function objectOf(chance: Chance, depth: number): unknown {
  const entries = Array.from(
    { length: chance.one([0, 1, 3, 8]) },
    () => [chance.one(NAMES), valueOf(chance, depth)] as const,
  );
  return Object.fromEntries(entries);
}

/** A body that a client of ours writes, with things in the wrong places. */
function tokenBody(chance: Chance): unknown {
  return {
    ...(chance.is(0.7) ? { agent: chance.is(0.6) ? 'front-desk' : valueOf(chance) } : {}),
    ...(chance.is(0.6) ? { participant_name: valueOf(chance) } : {}),
    ...(chance.is(0.6) ? { time_zone: valueOf(chance) } : {}),
    ...(chance.is(0.5)
      ? { room_config: chance.is(0.5) ? valueOf(chance) : { agents: [objectOf(chance, 2)] } }
      : {}),
    ...(chance.is(0.3) ? { [chance.one(NAMES)]: valueOf(chance) } : {}),
  };
}

function webhookBody(chance: Chance): unknown {
  return {
    triggerEvent: chance.is(0.7) ? 'BOOKING_CREATED' : valueOf(chance),
    createdAt: valueOf(chance),
    payload: chance.is(0.3)
      ? valueOf(chance)
      : {
          uid: chance.is(0.5) ? 'booking-1' : valueOf(chance),
          startTime: valueOf(chance),
          attendees: valueOf(chance),
          metadata: valueOf(chance),
          responses: valueOf(chance),
          title: valueOf(chance),
        },
  };
}

function bytesOf(chance: Chance, value: unknown): Buffer {
  const kind = chance.next();
  if (kind < 0.06) return Buffer.from(chance.one(RAW));
  if (kind < 0.09) return Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]);
  if (kind < 0.11) return Buffer.alloc(0);
  if (kind < 0.13) return Buffer.from(`"${'x'.repeat(chance.one([17_000, 300_000]))}"`);
  const text = JSON.stringify(value);
  if (kind < 0.18) return Buffer.from(text.slice(0, Math.floor(chance.next() * text.length)));
  if (kind < 0.22) return Buffer.from(`\ufeff${text}`);
  // The value of some field is put in by its text.
  if (kind < 0.3) return Buffer.from(text.replace(/:null/, `:${chance.one(RAW)}`));
  return Buffer.from(text);
}

const PATHS = [
  '/api/token/',
  '/API/TOKEN',
  '/api/token?agent=front-desk&agent[]=x&__proto__[a]=1',
  '/api/agents/front-desk',
  '/api/agents/%00',
  '/api/agents/%E0%A4%A',
  '/api/agents/__proto__',
  '/api/agents/..%2f..%2fetc%2fpasswd',
  `/api/agents/${'a'.repeat(8_000)}`,
  '/api/agents/',
  '/api/agents/%ED%A0%80',
  '/api/agents/a/b',
  '/api',
  '/healthz',
  '/readyz',
  '/',
  '/a/front-desk',
  '/a/%2e%2e',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/%00',
  '/%',
  '//api/token',
  '/index.html\\..\\x',
  'http://other.example/api/token',
  '*',
];
const METHODS = ['POST', 'GET', 'GET', 'GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'];
const HEADERS: readonly [string, readonly string[]][] = [
  ['Content-Encoding', ['gzip', 'br', 'identity', 'x', '\u0001']],
  ['X-Forwarded-For', ['203.0.113.9', 'unknown', '::', ',,,', '203.0.113.9:80', 'x'.repeat(4_000)]],
  ['X-Forwarded-Proto', ['https', 'javascript']],
  ['Forwarded', ['for=1.2.3.4', 'for="[::1"', ';;;']],
  ['Origin', ['https://other.example', 'null', 'x']],
  ['X-Request-Id', ['abcdefgh', '../../../x', '\u00ff'.repeat(70)]],
  ['Cookie', ['a=b', '__proto__=x', 'x'.repeat(20_000)]],
  ['Authorization', ['Bearer x', 'Basic \u00ff']],
  ['Accept', ['*/*', 'text/html;q=9', '']],
  ['Range', ['bytes=0-', 'bytes=9-1', 'bytes=0-0,1-1,2-2']],
  ['If-None-Match', ['*', 'W/"x"']],
  ['If-Modified-Since', ['yesterday']],
  ['Expect', ['100-continue', 'the unexpected']],
  ['Host', ['', 'a b', '[::1', 'other.example']],
  ['Transfer-Encoding', ['chunked', 'x']],
  ['Content-Length', ['-1', '0', 'x', '99999999999999999999']],
  ['A header', ['x']],
];
const TYPES = [
  'application/json; charset=utf-16',
  'application/json; charset=\u00ff',
  'text/plain',
  'multipart/form-data; boundary=',
  'application/x-www-form-urlencoded',
  '/',
  '',
];

/** Any request that a stranger may send, and webhooks that a calendar signs. */
export function hostileRequest(
  chance: Chance,
  webhook: { paths: readonly string[]; secret: string },
): HostileRequest {
  const isWebhook = chance.is(0.3);
  const isToken = !isWebhook && chance.is(0.5);
  const paths = isWebhook ? webhook.paths : isToken ? ['/api/token'] : PATHS;
  const isMeant = (isWebhook || isToken) && chance.is(0.9);
  const path = chance.one(paths);
  const method = isMeant ? 'POST' : chance.one(METHODS);
  const body = bytesOf(chance, isWebhook ? webhookBody(chance) : tokenBody(chance));
  const type = isMeant && chance.is(0.8) ? 'application/json' : chance.one(TYPES);
  const headers: [string, string][] = [['Content-Type', type]];
  if (isWebhook) {
    const signature = createHmac('sha256', webhook.secret).update(body).digest('hex');
    const sent = chance.is(0.8) ? signature : chance.one(['', 'x', '0'.repeat(64), '\u00ff']);
    headers.push(['X-Cal-Signature-256', sent]);
  }
  while (chance.is(0.25)) {
    const [name, values] = chance.one(HEADERS);
    headers.push([name, chance.one(values)]);
  }
  return { method, path, headers, body };
}

/** Milliseconds. */
const PATIENCE = 100;

function isCut({ headers }: HostileRequest): boolean {
  return headers.some(([name, value]) =>
    name === 'Transfer-Encoding' ? value === 'chunked' : name === 'Content-Length',
  );
}

export interface RawAnswer {
  /** 0 where the server closed the connection without an answer. */
  status: number;
  body: string;
}

/** Sends a request as it is, whatever HTTP says of it, and reads until the server closes. */
export function sendRaw(port: number, request: HostileRequest): Promise<RawAnswer> {
  const { method, path, headers, body } = request;
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(named.has('host') ? [] : ['Host: 127.0.0.1']),
    ...(named.has('content-length') || named.has('transfer-encoding')
      ? []
      : [`Content-Length: ${body.length}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => {
      const at = answer.indexOf('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
      // Where the server waits for the body it says so first.
      if (status === 100) answer = answer.slice(at + 4);
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0),
        body: answer.slice(answer.indexOf('\r\n\r\n') + 4),
      });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // What is still being sent is not read any more.
      if (!['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) reject(error);
    });
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    socket.write(body);
    // A body that is shorter than it was said to be does not come: the visitor has gone.
    if (isCut(request)) setTimeout(() => socket.end(), PATIENCE);
  });
}
