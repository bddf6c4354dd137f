import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CallRecord } from '../../calls/call-record.ts';
import { finishCall, insertCall } from '../../db/calls/calls.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { parseScenario } from '../../rehearsal/scenario/scenario.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { MARY, openTestDesk } from '../support/test-desk.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';
import { createCommandLine } from './slotline.ts';

// A Monday, 9:00 in New York.
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const slotline = createCommandLine(() => database.url);
const CALLER = '+14155550123';
let tenant: Tenant;
/** Booked by phone; on the web, failed; a rehearsal. Oldest first. */
let booked = '';
let failed = '';
let rehearsed = '';

beforeAll(async () => {
  const { db } = database;
  tenant = await insertTenant(db);
  const { organizationId, agentId } = tenant;
  const call = await openTestDesk(db, { clock: CLOCK, tenant, callerNumber: CALLER });
  booked = call.callId;
  const record = new CallRecord(db, { organizationId, callId: booked }, pino({ level: 'silent' }));
  record.turn({ role: 'agent', text: 'Hi, how can I help you?', saidAgo: 9_000 });
  record.turn({ role: 'caller', text: 'tomorrow please, my name is Mary Smith', saidAgo: 8_000 });
  const list = record.toolCall('list_available_slots', { when: 'tomorrow' });
  const offer = await call.desk.findTimes({
    when: 'tomorrow',
    rangeDays: null,
    event: null,
    durationMinutes: null,
  });
  list({ result: offer });
  if (offer.status === 'question') throw new Error(offer.question);
  record.turn({ role: 'agent', text: 'It is free, at ten.', latency: 640, saidAgo: 6_000 });
  record.turn({ role: 'caller', text: '[keys: 4155550123#]', medium: 'keys', saidAgo: 5_000 });
  const args = { attendee_name: MARY.name, attendee_email: MARY.email };
  const book = record.toolCall('schedule_appointment', args);
  const slotId = offer.slots[0]?.slot_id ?? '';
  book({ result: await call.desk.changes.schedule({ ...MARY, phone: CALLER, slotId }) });
  record.mark('truth.stopped', { claim: 'booked' }, 'You are booked, Mary.');
  record.mark('agent', { state: 'speaking' });
  record.turn({ role: 'agent', text: 'Booked, Mary. Anything else?', latency: 1_360 });
  record.charge({
    kind: 'response',
    model: 'm',
    amounts: { textInput: 900, audioOutput: 40 },
    cost: 0.0125,
  });
  record.charge({ kind: 'transcription', model: 't', amounts: { seconds: 3 }, cost: 0.0002 });
  await record.finish({ outcome: 'booked', reason: 'The caller hung up.', by: 'caller' });
  const open = { organizationId, agentId, roomName: 'room', line: 'web' as const };
  failed = await insertCall(db, open);
  const broken = new CallRecord(db, { organizationId, callId: failed }, pino({ level: 'silent' }));
  broken.turn({ role: 'caller', text: 'hello?', medium: 'text' });
  broken.charge({ kind: 'response', model: 'm', amounts: { textInput: 1 }, cost: null });
  await broken.finish({ outcome: 'failed', reason: 'The model is gone.', by: 'fault' });
  rehearsed = await insertCall(db, { ...open, rehearsal: { clock: '2026-11-23T09:00:00-05:00' } });
  const end = { outcome: 'no_booking', reason: 'over', by: 'agent' } as const;
  await finishCall(db, { organizationId, callId: rehearsed }, end);
}, 60_000);

const ids = (json: unknown) => (json as { calls: { id: string }[] }).calls.map(({ id }) => id);

describe('slotline calls list', () => {
  it('has the figures of each call, newest first, and no rehearsal', async () => {
    const { json } = await slotline.run('calls', 'list', '--json');
    expect(json).toMatchObject({
      next: null,
      calls: [
        { id: failed, outcome: 'failed', endedBy: 'fault', cost: null, medianLatency: null },
        {
          id: booked,
          line: 'phone',
          outcome: 'booked',
          endedBy: 'caller',
          callerNumber: '…23',
          medianLatency: 640,
          longestLatency: 1_360,
          cost: 0.0127,
          truth: { 'truth.stopped': 1 },
          isRehearsal: false,
        },
      ],
    });
    const { output } = await slotline.run('calls', 'list');
    expect(output).toMatch(/^BEGAN +LENGTH +AGENT +LINE +CALLER +OUTCOME/);
    expect(output).toMatch(/phone +…23 +booked +caller +640 +\$0\.0127 +1 × stopped/);
    expect(output).toMatch(/web +– +failed +fault +– +unknown/);
    const all = await slotline.run('calls', 'list', '--rehearsals');
    expect(all.output).toMatch(
      /TRUTH +REHEARSAL +ID\n.* yes +[\w-]+\n.* no +[\w-]+\n.* no +[\w-]+\n$/,
    );
  });

  it.each([
    [['--outcome', 'booked'], () => [booked]],
    [['--line', 'web'], () => [failed]],
    [['--truth', 'stopped'], () => [booked]],
    [['--truth', 'none'], () => [failed]],
    [['--number', '0123'], () => [booked]],
    [['--text', 'tomorrow plea'], () => [booked]],
    [['--rehearsals'], () => [rehearsed, failed, booked]],
    [['--from', '2026-11-24'], () => []],
    [['--to', '2026-11-24'], () => [failed, booked]],
  ])('narrows by %j', async (given, expected) => {
    const { json } = await slotline.run('calls', 'list', ...given, '--json');
    expect(ids(json)).toEqual(expected());
  });

  it('goes on where the page before ended', async () => {
    const first = await slotline.run('calls', 'list', '--limit', '1', '--json');
    expect(ids(first.json)).toEqual([failed]);
    const { next } = first.json as { next: string };
    const page = ['--limit', '1', '--cursor', next, '--json'];
    expect((await slotline.run('calls', 'list', ...page)).json).toMatchObject({
      calls: [{ id: booked }],
      next: null,
    });
  });

  it('refuses an agent, a number and a cursor that are none, and names the option', async () => {
    const agent = await slotline.run('calls', 'list', '--agent', 'nobody');
    expect(agent).toMatchObject({ exitCode: 2 });
    expect(agent.errors).toContain('--agent: There is no agent "nobody"');
    const limit = await slotline.run('calls', 'list', '--limit', '0');
    expect(limit.errors).toContain('--limit: ');
    const cursor = await slotline.run('calls', 'list', '--cursor', tenant.agentId);
    expect(cursor.errors).toContain('--cursor: The call where the page before ended is gone');
  });

  it('shows nothing of another organization', async () => {
    const other = await insertOrganization(database.db, 'Elsewhere');
    onTestFinished(async () => {
      await database.db.deleteFrom('organizations').where('id', '=', other).execute();
    });
    const of = ['--organization', 'Elsewhere', '--json'];
    expect((await slotline.run('calls', 'list', ...of)).json).toEqual({ calls: [], next: null });
    expect(await slotline.run('calls', 'show', booked, ...of)).toMatchObject({ exitCode: 2 });
  });
});

describe('slotline calls show', () => {
  it('tells a call as a story, with made-up names unless the real ones are asked for', async () => {
    const { output } = await slotline.run('calls', 'show', booked);
    expect(output).toContain('by phone with');
    expect(output).toContain('Outcome: booked. The caller hung up. [ended by: caller]');
    expect(output).toContain(
      'Waited for an answer: 640 ms as a rule, 1.4 s at most. Cost: $0.0127.',
    );
    expect(output).toContain('m, 1 ×: 900 text in, 40 sound out: $0.0125');
    expect(output).toMatch(/Caller {2}tomorrow please, my name is Robin Porter$/m);
    expect(output).toMatch(/list_available_slots \{"when":"tomorrow"\} → .*\[\d+ ms\]$/m);
    expect(output).toMatch(/● {2}truth\.stopped: claim booked "You are booked, Robin\."$/m);
    expect(output).toMatch(/Agent {3}Booked, Robin\. Anything else\? {2}\[after 1\.4 s\]$/m);
    expect(output).not.toMatch(/mary|smith|4155550123/i);
    const personal = await slotline.run('calls', 'show', booked, '--show-personal');
    expect(personal.output).toContain('my name is Mary Smith');
    expect(personal.output).toContain(CALLER);
  });

  it('says of an id that it is none', async () => {
    const { errors } = await slotline.run('calls', 'show', tenant.agentId);
    expect(errors).toBe('<id>: There is no such call: see `calls list`.\n');
  });
});

describe('slotline calls export', () => {
  it('writes a whole call a line, narrowed as the list is', async () => {
    const { output } = await slotline.run('calls', 'export');
    const calls = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; turns: unknown[] });
    expect(calls.map(({ id, turns }) => [id, turns.length])).toEqual([
      [failed, 1],
      [booked, 5],
    ]);
    const narrowed = await slotline.run('calls', 'export', '--outcome', 'booked', '--json');
    expect(narrowed.json).toMatchObject([{ id: booked, tools: [{}, {}], charges: [{}, {}] }]);
  });

  it('writes the list as CSV, in which no cell is a formula', async () => {
    const { output } = await slotline.run('calls', 'export', '--csv', '--show-personal');
    const [titles, first, second] = output.trimEnd().split('\r\n');
    expect(titles).toMatch(/^id,startedAt,endedAt,agent,line,caller,outcome,/);
    expect(first).toContain(',failed,fault,The model is gone.,,,,0,false');
    expect(second).toContain(
      `,phone,'${CALLER},booked,caller,The caller hung up.,640,1360,0.0127,1`,
    );
  });
});

describe('slotline calls to-scenario', () => {
  it('makes a scenario with the same words, tools and clock, and nobody’s own name', async () => {
    const { output } = await slotline.run('calls', 'to-scenario', booked);
    expect(output).not.toMatch(/mary|smith|4155550123/i);
    const scenario = parseScenario(output, 'made.yaml');
    expect(scenario).toMatchObject({
      line: 'phone',
      agent: { business: 'Harbor Street Clinic', events: [{ name: 'Appointment', minutes: 30 }] },
      calendar: { seed: 7, timeZone: 'America/New_York' },
      caller: { number: '+12025550142' },
      turns: [
        { kind: 'hear', expected: { state: 'question' } },
        { kind: 'say', text: 'tomorrow please, my name is Robin Porter' },
        { kind: 'hear', expected: { state: 'greeting' }, withinSeconds: 20 },
        { kind: 'press', keys: '2025550142#' },
        { kind: 'hear', expected: { state: 'question' } },
        { kind: 'hangUp' },
      ],
      expect: {
        outcome: 'booked',
        tools: ['list_available_slots', 'schedule_appointment'],
        bookings: [
          {
            attendee: {
              name: 'Robin Porter',
              email: 'robin.porter@example.com',
              phone: '+12025550142',
            },
          },
        ],
      },
    });
    expect(scenario.clock).toMatch(/^2026-11-23T09:0.*-05:00$/);
  });

  it('writes it where it is told to, and over nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slotline-made-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'made.yaml');
    const made = await slotline.run('calls', 'to-scenario', failed, '--output', file);
    expect(made.output).toContain(`npm run rehearse -- --text ${file}`);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('write what should have happened');
    expect(parseScenario(text, file)).toMatchObject({
      turns: [{ kind: 'type', text: 'hello?' }],
      expect: { bookings: [] },
    });
    const again = await slotline.run('calls', 'to-scenario', failed, '--output', file);
    expect(again.errors).toBe('--output: is there already: name another one\n');
  });
});
