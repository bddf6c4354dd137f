import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimRun, failLostRuns, giveRunBack } from '../../../db/scenarios/scenario-runs.ts';
import { editAgent } from '../../../manage/agents.ts';
import { endNextRun, tellOfRehearser } from '../../support/rehearser.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertToldCall } from '../../support/told-call.ts';
import { makeTenant } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { Answer, RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
let tenant: OfficeTenant;
let root: string;
beforeAll(async () => {
  office = await startOffice(database.db);
  tenant = await makeTenant(database.db, office);
  root = `/api/v1/organizations/${tenant.organizationId}`;
});
afterAll(() => office[Symbol.asyncDispose]());

interface Item {
  scenario: string;
  name: string;
  made: { callId: string } | null;
  isRequired: boolean;
  run: { state: string; isOfDraft: boolean; failures: string[]; transcript: string | null } | null;
}

const send = (method: string, path: string, body?: unknown, role: 'owner' | 'admin' = 'owner') =>
  tenant.browsers[role].send(method, root + path, body, { 'If-Match': '*' });
const itemsOf = ({ body }: Answer): Item[] => (body as { items: Item[] }).items;
const runOf = (answer: Answer, scenario: string) =>
  itemsOf(answer).find((each) => each.scenario === scenario)?.run;

/** An agent with something drafted; answers its address below the organization's. */
async function draft(): Promise<string> {
  const slug = `desk-${randomUUID()}`;
  const names = { name: 'Front desk', businessName: 'Harbor Street Clinic' };
  await send('POST', '/agents', { slug, ...names });
  await send('PATCH', `/agents/${slug}/draft`, { greeting: 'Good morning.' });
  return `/agents/${slug}`;
}

test('scenarios gate a publish until they pass with the very draft', async () => {
  const at = await draft();
  await tellOfRehearser(database.db);
  const offered = itemsOf(await send('GET', `${at}/scenarios`));
  expect(offered.map(({ scenario }) => scenario)).not.toContain('verschieben');
  const chosen = await send('PATCH', `${at}/scenarios`, { required: ['cancel', 'reschedule'] });
  expect(chosen.status).toBe(200);
  const early = await send('POST', `${at}/publish`);
  expect(early.body).toMatchObject({ status: 409, code: 'refused' });

  expect((await send('POST', `${at}/scenario-runs`, {}, 'admin')).status).toBe(201);
  expect(await endNextRun(database.db)).toBe('cancel');
  expect(await endNextRun(database.db, ['bookings: 0 instead of 1'])).toBe('reschedule');
  expect(await endNextRun(database.db)).toBeNull();
  const played = await send('GET', `${at}/scenarios`);
  expect(runOf(played, 'cancel')).toMatchObject({ state: 'passed', isOfDraft: true });
  expect(runOf(played, 'reschedule')).toMatchObject({
    state: 'failed',
    failures: ['bookings: 0 instead of 1'],
    transcript: expect.stringContaining('Good morning'),
  });
  expect((await send('POST', `${at}/publish`)).body).toMatchObject({
    code: 'refused',
    detail: expect.stringContaining('One scenario must pass'),
  });

  await send('POST', `${at}/scenario-runs`, { scenarios: ['reschedule'] });
  await endNextRun(database.db);
  // One word later what was proved is proved no more.
  await send('PATCH', `${at}/draft`, { greeting: 'Good evening.' });
  expect(runOf(await send('GET', `${at}/scenarios`), 'cancel')).toMatchObject({
    state: 'passed',
    isOfDraft: false,
  });
  expect((await send('POST', `${at}/publish`)).status).toBe(409);
  await send('PATCH', `${at}/draft`, { greeting: 'Good morning.' });
  expect((await send('POST', `${at}/publish`)).status).toBe(200);
});

test('an owner publishes without them and answers for it in the audit log, and nobody else does', async () => {
  const at = await draft();
  await tellOfRehearser(database.db);
  await send('PATCH', `${at}/scenarios`, { required: ['cancel'] });
  const forced = { overrideReason: 'The old number is wrong, callers are lost.' };
  expect((await send('POST', `${at}/publish`, forced, 'admin')).status).toBe(403);
  expect((await send('PATCH', `${at}/scenarios`, { required: [] }, 'admin')).status).toBe(403);
  expect((await send('POST', `${at}/publish`, { overrideReason: ' ' })).body).toMatchObject({
    code: 'invalid_request',
    field: 'overrideReason',
  });
  expect((await send('POST', `${at}/publish`, forced)).status).toBe(200);
  const { items } = (await send('GET', '/audit-log?subject=agent')).body as {
    items: { action: string; after: unknown }[];
  };
  expect(items.find(({ action }) => action === 'agent.published')?.after).toMatchObject({
    ...forced,
    greeting: 'Good morning.',
    scenariosNotPassed: ['cancel'],
  });
});

test('nobody goes past them by editing the agent itself, but for the machine’s own operator', async () => {
  const at = await draft();
  await tellOfRehearser(database.db);
  await send('PATCH', `${at}/scenarios`, { required: ['cancel'] });
  expect((await send('PATCH', at, { greeting: 'Past it.' })).body).toMatchObject({
    code: 'refused',
  });
  // Whether it takes calls is no word of its.
  expect((await send('PATCH', at, { enabled: false })).status).toBe(200);
  const slug = at.split('/')[2] ?? '';
  const edited = await editAgent(database.db, tenant.organizationId, slug, { voice: 'cedar' });
  expect(edited.voice).toBe('cedar');
});

test('a call becomes a scenario of the organization, with nobody’s name in it, and is forgotten with its caller', async () => {
  const at = await draft();
  const startedAt = new Date('2026-11-23T14:00:00Z');
  const { callId } = await insertToldCall(database.db, tenant, { startedAt, store: null });
  const name = 'Asks for two days at once';
  const { token } = await tenant.makeKey(['agents:read', 'agents:write']);
  const headers = { Authorization: `Bearer ${token}` };
  const address = `${root}/calls/${callId}/scenario`;
  const byKey = await office.browser().send('POST', address, { name }, headers);
  expect(byKey.status).toBe(403);
  const kept = await send('POST', `/calls/${callId}/scenario`, { name }, 'admin');
  expect(kept.status).toBe(201);
  const { id } = kept.body as { id: string };
  const again = await send('POST', `/calls/${callId}/scenario`, { name });
  expect(again.body).toMatchObject({ code: 'taken', field: 'name' });
  const { yaml } = await database.db
    .selectFrom('scenarios')
    .select('yaml')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(yaml).toContain(`name: ${name}`);

  await send('PATCH', `${at}/scenarios`, { required: [id] });
  const [own] = itemsOf(await send('GET', `${at}/scenarios`));
  expect(own).toMatchObject({ scenario: id, name, isRequired: true, made: { callId } });
  expect((await send('DELETE', `/scenarios/${id}`, undefined, 'admin')).status).toBe(403);

  const people = await send('GET', `/calls/${callId}/people`);
  const [{ person }] = (people.body as { items: [{ person: string }] }).items;
  expect((await send('POST', `/calls/${callId}/forget-caller`, { person })).status).toBe(200);
  expect(
    itemsOf(await send('GET', `${at}/scenarios`)).map(({ scenario }) => scenario),
  ).not.toContain(id);
  // It had to pass, and nothing is left of it.
  expect((await send('POST', `${at}/publish`)).status).toBe(200);
});

test('what is unknown is named, and where nothing plays scenarios people hear what to do', async () => {
  const at = await draft();
  await database.db.deleteFrom('rehearsers').execute();
  expect((await send('PATCH', `${at}/scenarios`, { required: ['juggles'] })).body).toMatchObject({
    status: 404,
    field: 'required',
  });
  expect((await send('POST', `${at}/scenario-runs`, {})).body).toMatchObject({
    field: 'scenarios',
    detail: expect.stringContaining('choose some'),
  });
  await tellOfRehearser(database.db);
  await send('PATCH', `${at}/scenarios`, { required: ['cancel'] });
  await database.db.deleteFrom('rehearsers').execute();
  // What must pass stays so, and in sight.
  const seen = await send('GET', `${at}/scenarios`);
  expect(seen.body).toMatchObject({ canPlay: false });
  expect(itemsOf(seen).find(({ scenario }) => scenario === 'cancel')).toMatchObject({
    isRequired: true,
  });
  expect((await send('POST', `${at}/scenario-runs`, {})).body).toMatchObject({
    code: 'refused',
    detail: expect.stringContaining('npm start'),
  });
});

test('a run waits again where its process stops, and fails where it died', async () => {
  const at = await draft();
  await tellOfRehearser(database.db);
  await send('PATCH', `${at}/scenarios`, { required: ['cancel'] });
  await send('POST', `${at}/scenario-runs`, {});
  const taken = await claimRun(database.db, 60_000);
  expect(await claimRun(database.db, 60_000)).toBeUndefined();
  await giveRunBack(database.db, taken?.id ?? '');
  expect((await claimRun(database.db, -1))?.id).toBe(taken?.id);
  await failLostRuns(database.db, 'It ended in the middle.');
  expect(runOf(await send('GET', `${at}/scenarios`), 'cancel')).toMatchObject({
    state: 'failed',
    failures: ['It ended in the middle.'],
  });
});
