import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { openRecordings } from '../calls/recordings/open-store.ts';
import type { RecordingStore } from '../calls/recordings/recording-store.ts';
import {
  databaseUrl,
  flag,
  httpUrl,
  listenAddress,
  livekitUrl,
  logLevel,
  masterKey,
  readEnvironment,
  text,
  wholeNumber,
  workerName,
} from '../runtime/environment.ts';
import { isLoopback } from '../runtime/loopback.ts';
import { allowedAddresses } from '../runtime/public-address.ts';
import type { AddressRule } from '../runtime/public-address.ts';

const EnvironmentSchema = z
  .object({
    HOST: listenAddress,
    PORT: wholeNumber({ min: 0, max: 65_535 }).default(3000),
    WEB_DIR: text.default('dist/web'),
    DATABASE_URL: databaseUrl,
    SLOTLINE_MASTER_KEY: masterKey.optional(),
    LIVEKIT_URL: livekitUrl,
    LIVEKIT_PUBLIC_URL: livekitUrl.optional(),
    LIVEKIT_API_KEY: text,
    LIVEKIT_API_SECRET: text,
    SLOTLINE_WORKER_NAME: workerName,
    SLOTLINE_REHEARSAL: flag.default(false),
    CORS_ORIGINS: text
      .default('')
      .transform(toList)
      .pipe(z.array(z.string().transform(toOrigin))),
    RATE_LIMIT_STORE: z
      .enum(['memory', 'postgres'], { error: 'must be memory or postgres' })
      .default('memory'),
    TOKENS_PER_MINUTE: wholeNumber({ min: 1, max: 1_000_000 }).default(20),
    WEBHOOKS_PER_MINUTE: wholeNumber({ min: 1, max: 1_000_000 }).default(600),
    TRUST_PROXY: text.transform(toTrustProxy).optional(),
    // Until it has pages, whoever wants its API asks for it.
    OFFICE: flag.default(false),
    OFFICE_URL: httpUrl.transform(toOrigin).optional(),
    WEBHOOK_PRIVATE_NETWORKS: allowedAddresses,
    OIDC_ISSUER: httpUrl.optional(),
    OIDC_CLIENT_ID: text.optional(),
    OIDC_CLIENT_SECRET: text.optional(),
    LOG_LEVEL: logLevel,
  })
  .refine(
    ({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }) =>
      new Set([OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].map((value) => value === undefined))
        .size === 1,
    { error: 'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together or not at all' },
  );

/** Where the office is served, and how people sign in. */
export interface OfficeConfig {
  /** Its origin, as people type it: cookies, links and passkeys go by it. */
  url: string;
  /** Those that may ask it: its own, and on loopback the other name of the same machine. */
  origins: string[];
  /** Null where nobody signs in by OpenID Connect. */
  oidc: { issuer: string; clientId: string; clientSecret: string } | null;
  /** Where webhook endpoints may be. */
  webhookAddresses: AddressRule;
}

/** What the token server runs with. */
export interface TokenServerConfig {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Absolute; the built page. */
  webDir: string;
  databaseUrl: string;
  /** Opens the secrets that webhooks are signed with; null: webhooks are not served. */
  masterKey: Buffer | null;
  livekit: {
    /** How this process reaches LiveKit. */
    url: string;
    /** What browsers are told; the same as `url` unless LIVEKIT_PUBLIC_URL says otherwise. */
    publicUrl: string;
    apiKey: string;
    apiSecret: string;
  };
  /** The LiveKit agent name that our worker registers under. */
  workerName: string;
  rehearsal: boolean;
  /** Origins that may call the API from another site; none means closed. */
  corsOrigins: string[];
  rateLimit: { store: 'memory' | 'postgres'; tokensPerMinute: number; webhooksPerMinute: number };
  /** Express's "trust proxy": false, how many proxies stand before us, or their addresses. */
  trustProxy: false | number | string[];
  /** Null where it is switched off, and where nobody said at which address it is. */
  office: OfficeConfig | null;
  /** Where recordings of calls lie; null where no place is named. */
  recordings: RecordingStore | null;
  logLevel: z.infer<typeof EnvironmentSchema>['LOG_LEVEL'];
}

/**
 * Reads the environment once.
 * @throws {EnvironmentError} naming every variable at fault
 */
export function loadConfig(environment: Record<string, string | undefined>): TokenServerConfig {
  const env = readEnvironment(EnvironmentSchema, environment);
  return {
    host: env.HOST,
    port: env.PORT,
    webDir: resolve(env.WEB_DIR),
    databaseUrl: env.DATABASE_URL,
    masterKey: env.SLOTLINE_MASTER_KEY ?? null,
    livekit: {
      url: env.LIVEKIT_URL,
      publicUrl: env.LIVEKIT_PUBLIC_URL ?? env.LIVEKIT_URL,
      apiKey: env.LIVEKIT_API_KEY,
      apiSecret: env.LIVEKIT_API_SECRET,
    },
    workerName: env.SLOTLINE_WORKER_NAME,
    rehearsal: env.SLOTLINE_REHEARSAL,
    corsOrigins: env.CORS_ORIGINS,
    rateLimit: {
      store: env.RATE_LIMIT_STORE,
      tokensPerMinute: env.TOKENS_PER_MINUTE,
      webhooksPerMinute: env.WEBHOOKS_PER_MINUTE,
    },
    trustProxy: env.TRUST_PROXY ?? false,
    office: toOffice(env),
    recordings: openRecordings(environment)?.store ?? null,
    logLevel: env.LOG_LEVEL,
  };
}

function toOffice(env: z.infer<typeof EnvironmentSchema>): OfficeConfig | null {
  // Behind a proxy people use another address than this machine's own.
  const isHere = isLoopback(env.HOST) && env.TRUST_PROXY === undefined;
  const url = env.OFFICE_URL ?? (isHere ? `http://localhost:${env.PORT}` : null);
  if (!env.OFFICE || url === null) return null;
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env;
  return {
    url,
    origins: loopbackNames(url),
    webhookAddresses: env.WEBHOOK_PRIVATE_NETWORKS,
    oidc:
      issuer !== undefined && OIDC_CLIENT_ID !== undefined && OIDC_CLIENT_SECRET !== undefined
        ? { issuer, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET }
        : null,
  };
}

/** A page that was opened at 127.0.0.1 is not another site's than that at localhost. */
function loopbackNames(url: string): string[] {
  const names = ['localhost', '127.0.0.1'];
  const { protocol, hostname, port } = new URL(url);
  if (!names.includes(hostname)) return [url];
  return names.map((name) => new URL(`${protocol}//${name}:${port}`).origin);
}

function toList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function toOrigin(text: string, context: z.RefinementCtx): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, ''))
    return url.origin;
  context.addIssue({
    code: 'custom',
    message: 'must list origins such as https://www.example.com, without a path and without *',
  });
  return z.NEVER;
}

function toTrustProxy(text: string, context: z.RefinementCtx): number | string[] {
  if (/^\d$/.test(text.trim())) return Number(text);
  const parts = toList(text);
  if (parts.length > 0 && parts.every(isProxyAddress)) return parts;
  // "true" would believe the first address of X-Forwarded-For, which the visitor writes.
  context.addIssue({
    code: 'custom',
    message:
      'must be the number of proxies in front, or a list of their addresses, subnets or the names loopback, linklocal, uniquelocal',
  });
  return z.NEVER;
}

function isProxyAddress(part: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(part)) return true;
  const [address = '', prefix, ...rest] = part.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}
