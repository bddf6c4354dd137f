import { readFileSync } from 'node:fs';

export interface Recording {
  name: string;
  request: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: object | null;
  };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

export interface LaterRecording {
  name: string;
  request: Omit<Recording['request'], 'headers'>;
  response: { status: number; body: unknown };
}

export interface RecordedWebhook {
  triggerEvent: string;
  secret: string;
  headers: Record<string, string>;
  rawBody: string;
}

export const RECORDINGS_FOLDER = new URL('../../../fixtures/calcom/recorded/', import.meta.url);
/** Of another instance, without headers: what the first recordings did not ask. */
export const LATER_FOLDER = new URL('../../../fixtures/calcom/recorded-2026-11/', import.meta.url);

export function readLaterRecording(name: string): LaterRecording {
  return JSON.parse(readFileSync(new URL(`${name}.json`, LATER_FOLDER), 'utf8')) as LaterRecording;
}

export function readRecording(name: string): Recording {
  return readJson(name) as Recording;
}

/** The answers of callers who asked for the same at once. */
export function readRace(name: string): { status: number; body: unknown }[] {
  return readJson(name) as { status: number; body: unknown }[];
}

export function readWebhooks(): RecordedWebhook[] {
  return readJson('webhooks') as RecordedWebhook[];
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, RECORDINGS_FOLDER), 'utf8'));
}

const IDENTIFIER =
  /^(?:[1-9A-HJ-NP-Za-km-z]{22}|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/;

/** Which identifier of the simulator stands for which of a recording. */
export class Identifiers {
  readonly #live = new Map<string, string>();

  add(recorded: string, live: string): void {
    this.#live.set(recorded, live);
  }

  /** Learns the identifiers of an answer from those at the same places of its recording. */
  learn(recorded: unknown, live: unknown): void {
    if (typeof recorded === 'string' && typeof live === 'string') {
      const both = IDENTIFIER.test(recorded) && IDENTIFIER.test(live);
      if (both && !this.#live.has(recorded)) this.#live.set(recorded, live);
    } else if (isObject(recorded) && isObject(live)) {
      for (const [key, value] of Object.entries(recorded)) this.learn(value, live[key]);
    }
  }

  /** A recorded text or value with the simulator's identifiers in the place of the recorded ones. */
  translate<Value>(recorded: Value): Value {
    let text = JSON.stringify(recorded);
    for (const [from, to] of this.#live) text = text.replaceAll(from, to);
    return JSON.parse(text) as Value;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What differs from run to run: when something was done, and numbers that are drawn. */
const DIFFERENT_EACH_TIME = new Set([
  'createdAt',
  'updatedAt',
  'timestamp',
  'reservationUntil',
  'oneTimePassword',
  'requestId',
]);

/** A body in which only what differs from run to run is reduced to its type; all other values stay. */
export function comparable(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(comparable);
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      DIFFERENT_EACH_TIME.has(key) && value !== null ? typeof value : comparable(value),
    ]),
  );
}
