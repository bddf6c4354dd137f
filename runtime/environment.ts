import { z } from 'zod';
import { MasterKeyError, parseMasterKey } from './master-key.ts';
import { OperatorError } from './operator-error.ts';

/*
 * Every process reads its environment through `readEnvironment`, and variables that several
 * processes read through the schemas here: one value means one thing everywhere. Messages complete
 * "NAME …".
 */

/** Variables are missing or malformed; the message names each of them. */
export class EnvironmentError extends OperatorError {
  override name = 'EnvironmentError';
}

/**
 * Reads an environment once. Space around a value is not part of it, and an empty value, as a .env
 * file leaves it, counts as not set.
 *
 * @throws {EnvironmentError} naming every variable at fault
 */
export function readEnvironment<T>(
  schema: z.ZodType<T>,
  environment: Readonly<Record<string, string | undefined>>,
): T {
  const set = Object.fromEntries(
    Object.entries(environment)
      .map(([name, value]) => [name, value?.trim() ?? ''] as const)
      .filter(([, value]) => value !== ''),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: [name], code, message }) => {
    if (name === undefined) return `${message}.`;
    const isMissing = code === 'invalid_type' && !(String(name) in set);
    return `${String(name)} ${isMissing ? 'is not set' : message}.`;
  });
  throw new EnvironmentError(faults.join(' '));
}

/** Any text. */
export const text = z.string();

/** A whole number in decimal digits. */
export function wholeNumber({ min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number }) {
  const error =
    max === Number.MAX_SAFE_INTEGER
      ? `must be a whole number, ${min} or more`
      : `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .pipe(z.int({ error }).min(min, error).max(max, error));
}

export const port = wholeNumber({ min: 1, max: 65_535 });

/** `1` or `0`, `true` or `false`, `yes` or `no`, `on` or `off`. */
export const flag = z.stringbool({ error: 'must be 1 or 0, true or false' });

export const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a postgres:// address, such as postgres://user:password@127.0.0.1/slotline',
});

/** Where LiveKit is, as a WebSocket's address; http:// and https:// name the same server. */
export const livekitUrl = z
  .url({
    protocol: /^(ws|http)s?$/,
    error: 'must be a ws:// or wss:// address, such as ws://127.0.0.1:7880',
  })
  .transform((url) => url.replace(/^http/i, 'ws'));

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an https:// or http:// address',
});

/** The name under which the worker registers with LiveKit and is dispatched. */
export const workerName = text.default('slotline');

/** The address that a server listens on; loopback unless set. */
export const listenAddress = text.default('127.0.0.1');

export const logLevel = z
  .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    error: 'must be trace, debug, info, warn, error, fatal or silent',
  })
  .default('info');

/** Base64 of 32 random bytes, read into them. */
export const masterKey = text.transform((written, context) => {
  try {
    return parseMasterKey(written);
  } catch (error) {
    if (!(error instanceof MasterKeyError)) throw error;
    context.addIssue({ code: 'custom', message: error.fault });
    return z.NEVER;
  }
});

/** The same, checked and left as text, for a process that only hands it on. */
export const masterKeyText = text.superRefine((written, context) => {
  const parsed = masterKey.safeParse(written);
  for (const { message } of parsed.error?.issues ?? []) {
    context.addIssue({ code: 'custom', message });
  }
});
