import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { updateAgent } from '../../../db/agents.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { fillPath, makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

/** In everything of the organization that is not asked. */
const CANARY = 'Lighthouse of the others';
const REQUESTS = Number(process.env['OFFICE_FUZZ'] ?? 3_000);

const database = useTestDatabase();
let office: RunningOffice;
let own: OfficeTenant;
let foreign: OfficeTenant;
beforeAll(async () => {
  office = await startOffice(database.db);
  own = await makeTenant(database.db, office);
  foreign = await makeTenant(database.db, office);
  const { id } = await database.db
    .selectFrom('agents')
    .select('id')
    .where('slug', '=', foreign.slug)
    .executeTakeFirstOrThrow();
  await updateAgent(
    database.db,
    { organizationId: foreign.organizationId, id },
    { name: CANARY, businessName: CANARY, instructions: CANARY },
  );
  await database.db
    .updateTable('organizations')
    .set({ name: CANARY })
    .where('id', '=', foreign.organizationId)
    .execute();
});
afterAll(() => office[Symbol.asyncDispose]());

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  $ref?: string;
}

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema; example?: object } } };
}

/** What no schema asks for. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    '',
    '\0',
    'a\0b',
    '\ud800',
    '\u202e\u2066',
    -1,
    0,
    1e308,
    // What fits no column, or only just does not.
    32_768,
    2_147_483_648,
    Number.MAX_SAFE_INTEGER,
    0.1,
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-02-30',
    true,
    [],
    {},
    [[]],
    { __proto__: null, constructor: 1 },
    'x'.repeat(9_000),
    "'; drop table users; --",
    '../../etc/passwd',
    '٣',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Often what a schema asks for, and often not. */
function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  const some = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (some) return fc.oneof(junk, ...some.map(valueOf));
  if (schema.enum) return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...schema.enum) }, junk);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record(
            Object.fromEntries(
              Object.entries(schema.properties ?? {}).map(([name, of]) => [name, valueOf(of)]),
            ),
            { requiredKeys: [] },
          ),
        },
        junk,
      );
    case 'array':
      return fc.oneof(
        { weight: 4, arbitrary: fc.array(valueOf(schema.items ?? {}), { maxLength: 4 }) },
        junk,
      );
    case 'boolean':
      return fc.oneof({ weight: 4, arbitrary: fc.boolean() }, junk);
    case 'integer':
    case 'number':
      return fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -1, max: 300 }) }, junk);
    default:
      return fc.oneof(
        {
          weight: 4,
          arbitrary: fc.constantFrom(
            'front-desk',
            'en',
            'marin',
            'Reception',
            'guest@example.com',
            'owner',
            '2999-01-01T00:00:00Z',
            '+12025550123',
            '50',
          ),
        },
        junk,
      );
  }
}

let slugs = 0;
/** An agent's slug can be taken once only. */
const freshSlug = (example: object = {}): object =>
  'slug' in example ? { slug: `desk-${(slugs += 1)}` } : {};

let start: string | undefined;
/** What is booked by hand is booked as an event of one's own. */
const ownEvent = (example: object = {}): object =>
  'eventId' in example ? { eventId: own.bookingEventId, start: (start ??= own.freeStart()) } : {};

test(`answers ${REQUESTS} odd requests made from the OpenAPI document without a fault of its own`, async () => {
  const { body: document } = (await office.browser().send('GET', '/api/v1/openapi.json')) as {
    body: { openapi: string; paths: Record<string, Record<string, Operation>> };
  };
  expect(document.openapi).toMatch(/^3\.1\./);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  expect(operations.length).toBeGreaterThan(12);
  // The agent that has a calendar: it cannot be deleted, and stays to be asked about.
  const mine: Record<string, string> = { ...(await own.freshParams()), slug: own.slug };
  const theirs: Record<string, string> = { ...(await foreign.freshParams()), slug: foreign.slug };
  const paramOf = (name: string): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(mine[name] ?? 'x') },
      { weight: 2, arbitrary: fc.constant(theirs[name] ?? 'x') },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }) },
    );
  const request = fc.constantFrom(...operations).chain(({ path, method, operation }) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
    const body = operation.requestBody?.content['application/json'];
    return fc.record({
      path: fc
        .tuple(...names.map(paramOf))
        .map((values) =>
          fillPath(path, Object.fromEntries(names.map((name, at) => [name, values[at] ?? 'x']))),
        ),
      method: fc.constant(method.toUpperCase()),
      query: fc.record(
        Object.fromEntries(query.map(({ name, schema }) => [name, valueOf(schema)])),
        { requiredKeys: [] },
      ),
      body: body
        ? fc.oneof(
            valueOf(body.schema),
            // One thing wrong in what is right otherwise.
            fc
              .constantFrom(...Object.entries(body.schema.properties ?? { none: {} }))
              .chain(([name, of]) =>
                valueOf(of).map((odd) => ({
                  ...body.example,
                  ...freshSlug(body.example),
                  ...ownEvent(body.example),
                  [name]: odd,
                })),
              ),
          )
        : fc.constant(undefined),
      match: fc.constantFrom(undefined, '*', '"elsewhere"'),
      key: fc.option(fc.constantFrom('once', 'twice', ' ', 'ä'), { nil: undefined, freq: 6 }),
    });
  });
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const browser = own.browsers.admin;
  for (const asked of fc.sample(request, REQUESTS)) {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(asked.query)) {
      search.set(name, typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value));
    }
    const address = search.size > 0 ? `${asked.path}?${search.toString()}` : asked.path;
    const answer = await browser.send(asked.method, address, asked.body, {
      ...(asked.match === undefined ? {} : { 'If-Match': asked.match }),
      ...(asked.key === undefined ? {} : { 'Idempotency-Key': asked.key }),
    });
    const { status } = answer;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const fault = faultOf(answer);
    if (fault !== null) {
      faults.push(`${fault}: ${asked.method} ${address} ${JSON.stringify(asked.body)}`);
    }
  }
  expect(faults).toEqual([]);
  // It was no wall of refusals alone.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(REQUESTS / 20);
}, 1_200_000);

/** What is wrong with an answer, whatever was asked; null: nothing. */
function faultOf({ status, headers, body }: Answer): string | null {
  if (status >= 500) return `answered ${status}`;
  if (JSON.stringify(body).includes(CANARY)) return 'tells of another organization';
  if (status < 400) return null;
  if (headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    return 'is no problem document';
  }
  const problem = body as { code: string; field?: string; status: number };
  if (problem.status !== status) return 'contradicts its status';
  const isNamed = problem.code !== 'invalid_request' || typeof problem.field === 'string';
  return isNamed ? null : 'names no field';
}
