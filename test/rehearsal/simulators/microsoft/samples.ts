import { readFileSync } from 'node:fs';
import type { SentAnswer } from '../../../../rehearsal/simulators/microsoft/api-server.ts';

/** A request and its answer, as Graph's documentation has them. */
export interface Sample {
  name: string;
  basis: 'documented' | 'believed';
  request: { method: string; path: string; headers: Record<string, string>; body?: unknown };
  response: { status: number; headers: Record<string, string>; body?: Record<string, unknown> };
}

export function readSample(name: string): Sample {
  const file = new URL(`../../../fixtures/microsoft/samples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Sample;
}

/** The sample whose answer one of an operation looks like. */
const SAMPLES: Record<string, string> = {
  'events.create 201': 'event.create.ok',
  'events.get 200': 'event.create.ok',
  'events.update 200': 'event.patch.ok',
  'events.list 200': 'event.list.by-key',
  'events.cancel 202': 'event.cancel.ok',
  'view.list 200': 'calendar-view.page',
  'subscriptions.create 201': 'subscription.create.ok',
  'subscriptions.get 200': 'subscription.create.ok',
  'subscriptions.renew 200': 'subscription.create.ok',
};

const WHOLE_EVENT = readSample('event.create.ok').response.body ?? {};
const ERROR = readSample('event.get.gone').response.body ?? {};
/** Asked for by name alone, or in lists alone. */
const BESIDE = new Set(['singleValueExtendedProperties', '@odata.nextLink', '@odata.context']);

/** What of an answer is not as the samples have it. */
export function problemsOf(answer: SentAnswer): string[] {
  const { operation, status, body, path, headers } = answer;
  const at = `${operation} ${status}`;
  if (headers['request-id'] === undefined) return [`${at}: has no request-id`];
  if (status >= 400) return compare(at, body, ERROR);
  if (operation === 'view.delta') return deltaProblems(at, body);
  const sample = SAMPLES[at];
  if (sample === undefined) return [];
  const expected = readSample(sample).response.body;
  if (expected === undefined) return body === null ? [] : [`${at}: has a body`];
  const select = new URL(path, 'http://localhost').searchParams.get('$select')?.split(',');
  const events = eventsIn(body);
  return events === null
    ? compare(at, body, chosen(operation.startsWith('events.') ? WHOLE_EVENT : expected, select))
    : events.flatMap((event) => compare(at, event, chosen(WHOLE_EVENT, select)));
}

function deltaProblems(at: string, body: object | null): string[] {
  const links = ['@odata.nextLink', '@odata.deltaLink'].filter((link) => body && link in body);
  const [gone] = eventsIn(readSample('delta.last-page').response.body ?? null) ?? [];
  const wrong = (eventsIn(body) ?? []).flatMap((event) =>
    compare(at, event, '@removed' in event ? (gone ?? {}) : WHOLE_EVENT),
  );
  return links.length === 1 ? wrong : [...wrong, `${at}: has ${links.length} links`];
}

function eventsIn(body: object | null): object[] | null {
  return body && 'value' in body && Array.isArray(body.value) ? (body.value as object[]) : null;
}

function chosen(sample: object, select: readonly string[] | undefined): object {
  if (!select) return sample;
  const kept = Object.entries(sample).filter(
    ([name]) => name.startsWith('@') || name === 'id' || select.includes(name),
  );
  return Object.fromEntries(kept);
}

/** Every name must be there, no other, each of the same kind; null stands for whatever is missing. */
function compare(at: string, body: unknown, sample: unknown): string[] {
  if (body === null || sample === null) return [];
  if (Array.isArray(sample) && Array.isArray(body)) {
    const [first] = sample as unknown[];
    if (first === undefined) return [];
    return body.flatMap((each: unknown, index) => compare(`${at}[${index}]`, each, first));
  }
  if (kindOf(body) !== kindOf(sample)) {
    return [`${at}: is ${kindOf(body)}, and ${kindOf(sample)} in the sample`];
  }
  if (!isRecord(body) || !isRecord(sample)) return [];
  const names = new Set([...Object.keys(body), ...Object.keys(sample)]);
  return [...names].flatMap((name) => {
    if (BESIDE.has(name)) return [];
    if (!(name in body)) return [`${at}.${name}: is missing`];
    if (!(name in sample)) return [`${at}.${name}: is in no sample`];
    return compare(`${at}.${name}`, body[name], sample[name]);
  });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
