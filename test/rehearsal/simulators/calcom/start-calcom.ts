import { readFileSync } from 'node:fs';
import { OpenAPIBackend, type Document } from 'openapi-backend';
import type { SentAnswer } from '../../../../rehearsal/simulators/calcom/api-server.ts';
import {
  createCalcomSimulator,
  type CalcomSimulator,
  type CalcomSimulatorOptions,
} from '../../../../rehearsal/simulators/calcom/create-calcom-simulator.ts';
import type { TestClock } from '../../../support/test-clock.ts';

export const API_KEY = 'cal_0123456789abcdef0123456789abcdef';
/** A Monday, 9 in the morning in New York. */
export const NOW = '2026-11-23T14:00:00.000Z';

export interface ValidatedSimulator extends CalcomSimulator {
  /** How many answers were held against the specification. */
  readonly validated: number;
  /** @throws Error naming every answer that the specification does not allow */
  close(): Promise<void>;
}

const specification = new OpenAPIBackend({
  definition: readSpecification(),
  strict: false,
  quick: true,
  ajvOpts: { strict: false },
});

/**
 * A simulator whose every answer is validated against the official specification; what is wrong with
 * them is thrown when it is closed.
 *
 * @param options.clock the test's, where it has more parts; else the simulator's begins at {@link NOW}
 */
export async function startCalcom({
  clock,
  ...options
}: Partial<CalcomSimulatorOptions> & { clock?: TestClock } = {}): Promise<ValidatedSimulator> {
  await specification.init();
  const problems: string[] = [];
  let validated = 0;
  const simulator = await createCalcomSimulator({
    accounts: [
      {
        username: 'front-desk',
        name: 'Front Desk',
        apiKey: API_KEY,
        eventTypes: [{ slug: 'appointment', title: 'Appointment', lengthInMinutes: 30 }],
      },
    ],
    rateLimit: null,
    ...(clock && { now: () => clock.now().getTime() }),
    ...options,
    onAnswer: (answer) => {
      if (!UNSPECIFIED.has(answer.operation)) validated += 1;
      problems.push(...problemsOf(answer));
      options.onAnswer?.(answer);
    },
  });
  if (!clock && options.now === undefined) simulator.clock.set(Date.parse(NOW));
  return {
    ...simulator,
    get validated() {
      return validated;
    },
    close: async () => {
      await simulator.close();
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}

interface BookingSchema {
  properties?: Record<string, { nullable?: boolean; enum?: string[]; properties?: object }>;
}

/**
 * The official specification, made to allow what a running instance was recorded to answer later: a
 * booking whose event type was deleted or that no host has taken yet, a host who has no name.
 */
function readSpecification(): Document {
  const document = JSON.parse(
    readFileSync(new URL('../../../fixtures/calcom/openapi-voice.json', import.meta.url), 'utf8'),
  ) as { components: { schemas: Record<string, BookingSchema> } };
  for (const [name, { properties }] of Object.entries(document.components.schemas)) {
    if (name === 'BookingHost' && properties?.['name']) properties['name'].nullable = true;
    if (!/^\w*BookingOutput_2024_08_13$/.test(name) || !properties) continue;
    const { eventTypeId, status, rescheduledByEmail } = properties;
    if (eventTypeId) eventTypeId.nullable = true;
    if (rescheduledByEmail) rescheduledByEmail.nullable = true;
    status?.enum?.push('awaiting_host');
    const eventType = structuredClone(document.components.schemas['EventType']);
    properties['eventType'] = { ...eventType, nullable: true };
  }
  return document as unknown as Document;
}

/** Served after Cal.com's documentation alone: the specification that is kept has no such paths. */
const UNSPECIFIED = new Set(['none', 'teams.list', 'teams.event-types']);

/** What the specification does not allow about an answer. */
export function problemsOf({
  body,
  method,
  operation,
  path,
  status,
}: Omit<SentAnswer, 'requestBody'>): string[] {
  if (UNSPECIFIED.has(operation)) return [];
  const matched = specification.matchOperation({ method, path, headers: {} });
  if (matched === undefined) return [`${method} ${path} is not in the specification`];
  const { errors } = specification.validateResponse(body, matched, status);
  return (errors ?? []).map(
    (error) => `${operation} ${status}: ${error.instancePath} ${error.message}`,
  );
}

/** One request of the API; the version header is the operation's own unless told otherwise. */
export async function request(
  simulator: { url: string },
  method: string,
  path: string,
  options: {
    key?: string | null;
    body?: object;
    version?: string | null;
    signal?: AbortSignal;
  } = {},
) {
  const version = options.version === undefined ? versionOf(path) : options.version;
  const key = options.key === undefined ? API_KEY : options.key;
  const response = await fetch(`${simulator.url}${path}`, {
    method,
    headers: {
      ...(key !== null && { Authorization: `Bearer ${key}` }),
      ...(version !== null && { 'cal-api-version': version }),
      ...(options.body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    ...(options.signal && { signal: options.signal }),
  });
  return {
    status: response.status,
    headers: response.headers,
    // What a test reads of an answer it asserts on; the specification holds for the rest.
    body: (await response.json()) as AnswerBody,
  };
}

export interface AnswerBody {
  status?: string;
  message?: string;
  statusCode?: number;
  error?: { code: string; message: string; details?: unknown };
  data?: unknown;
  pagination?: Record<string, unknown>;
}

/** One request of the simulator's own routes. */
export async function control(
  simulator: { url: string },
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${simulator.url}/simulator/${path}`, {
    method,
    headers: { 'X-Simulator-Control': 'test' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return await response.json();
}

function versionOf(path: string): string {
  if (path.startsWith('/v2/bookings')) return '2024-08-13';
  if (path.startsWith('/v2/slots')) return '2024-09-04';
  if (path.startsWith('/v2/schedules')) return '2024-06-11';
  return '2024-06-14';
}
