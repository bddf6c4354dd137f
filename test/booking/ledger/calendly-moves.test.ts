import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import type { LedgerContext } from '../../../booking/ledger/ledger-context.ts';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { reconcileIntent, USUAL_TIMES } from '../../../booking/ledger/reconcile.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { listDueIntents } from '../../../db/intents/intent-states.ts';
import { startCalendly } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { Tenant } from '../../support/tenants.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import {
  insertCalendlyTenant,
  MASTER_KEY,
  openCalendlyCall,
  openCalendlyOf,
} from './calendly-call.ts';
import { entry, pick, stateOf } from './ledger-call.ts';

/** Everything is due at once, and absence proves itself at once. */
const AT_ONCE = {
  ...USUAL_TIMES,
  grace: 0,
  firstLook: 0,
  firstPause: 0,
  longestPause: 0,
  attentionPause: 0,
  absenceProves: 0,
};
/** Requests, as Calendly's headers tell them of a paid plan. */
const PAID = { limit: 500, window: 60_000 };
const { now } = MACHINE_CLOCK;
const database = useTestDatabase({ maxConnections: 10 });

let simulator: ValidatedSimulator;
let tenant: Tenant;
let context: LedgerContext;
let free: Slot[];
let appointmentId: string;
let reference: string;

beforeEach(async () => {
  simulator = await startCalendly({ now: Date.now, requestLimit: PAID });
  tenant = await insertCalendlyTenant(database.db);
  ({ context } = await openCalendlyCall(database.db, tenant, { url: simulator.url, now }));
  const from = now();
  free = await context.calendar.listSlots({ from, to: new Date(from.getTime() + 14 * 86_400_000) });
  const booked = await bookThroughLedger(context, entry(pick(free, 0)));
  if (booked.state !== 'confirmed') throw new Error(booked.state);
  ({ appointmentId } = booked);
  ({ reference } = booked.booking);
});
afterEach(() => simulator.close());

const move = (index: number) =>
  rescheduleThroughLedger(context, {
    appointmentId,
    slot: pick(free, index),
    reason: 'They asked.',
  });

/** Where Calendly has meetings that stand. */
function standing(): Date[] {
  return [...simulator.state.meetings.values()]
    .filter(({ cancellation }) => !cancellation)
    .map(({ start }) => new Date(start));
}

/** Looks at every open intent of the tenant once, as the jobs do. */
async function reconcileAll() {
  const { db } = database;
  const due = await listDueIntents(db, AT_ONCE, 1_000);
  const own = due.filter(({ organizationId }) => organizationId === tenant.organizationId);
  const openCalendar = (event: Parameters<typeof openCalendlyOf>[1]) =>
    openCalendlyOf(db, event, { url: simulator.url, now });
  return Promise.all(own.map((key) => reconcileIntent({ db, openCalendar, times: AT_ONCE }, key)));
}

/** What is written down: one appointment through all of its moves. */
async function written() {
  const { intents, appointments, messages } = await stateOf(database.db, tenant);
  return {
    intents: intents.map(({ kind, state }) => `${kind} ${state}`),
    appointments: appointments.map(({ id, startAt, status }) => ({ id, startAt, status })),
    reference: appointments[0]?.reference,
    messages,
  };
}

const movedTo = (index: number) => ({
  intents: ['book released', 'reschedule confirmed'],
  appointments: [{ id: appointmentId, startAt: pick(free, index).start, status: 'confirmed' }],
  reference,
});

describe('a move at Calendly, through the ledger', () => {
  it('is one intent, told as one move of one appointment', async () => {
    expect(await move(3)).toMatchObject({
      state: 'confirmed',
      appointmentId,
      booking: { reference, ...pick(free, 3) },
    });
    expect(standing()).toEqual([pick(free, 3).start]);
    // Calendly itself writes to the attendee.
    expect(await written()).toEqual({ ...movedTo(3), messages: [] });
  });

  it('goes on in the call where the old one could not be cancelled at once', async () => {
    simulator.faults.set({ operation: 'cancellations.create', kind: 'server-error' });
    expect(await move(3)).toMatchObject({ state: 'confirmed', appointmentId });
    expect(standing()).toEqual([pick(free, 3).start]);
    expect(await written()).toMatchObject(movedTo(3));
  });

  it('is unknown while the old one stands, and settled when Calendly answers again', async () => {
    const down = { operation: 'cancellations.create', kind: 'server-error', times: null } as const;
    simulator.faults.set(down);
    expect(await move(3)).toMatchObject({ state: 'unknown' });
    expect(standing()).toHaveLength(2);
    expect(await reconcileAll()).toEqual(['open']);
    expect((await written()).messages).toEqual([]);
    simulator.faults.clear();
    expect(await reconcileAll()).toEqual(['settled']);
    expect(standing()).toEqual([pick(free, 3).start]);
    expect(await written()).toEqual({ ...movedTo(3), messages: ['settled_rescheduled'] });
  });

  it('is refused, and nothing has changed, where the old one may not be cancelled', async () => {
    simulator.faults.set({ operation: 'cancellations.create', kind: 'forbidden' });
    expect(await move(3)).toMatchObject({ state: 'refused' });
    expect(standing()).toEqual([pick(free, 0).start]);
    expect(await written()).toMatchObject({
      intents: ['book confirmed', 'reschedule refused'],
      appointments: [{ id: appointmentId, startAt: pick(free, 0).start, status: 'confirmed' }],
      messages: [],
    });
    expect(await move(3)).toMatchObject({ state: 'confirmed' });
    expect(standing()).toEqual([pick(free, 3).start]);
  });

  it.each([
    ['before the old one is cancelled', true, 2],
    ['when it was cancelled, and nobody had written so', false, 1],
  ])(
    'is ended by the reconciler where the process is killed %s',
    async (_, diesBefore, left) => {
      const orders = {
        databaseUrl: database.url,
        url: simulator.url,
        masterKey: MASTER_KEY.toString('base64'),
        tenant,
        appointmentId,
        slot: pick(free, 3),
        diesBefore,
      };
      const program = fileURLToPath(new URL('move-and-die.ts', import.meta.url));
      const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
      expect(standing()).toHaveLength(left);
      expect((await written()).intents).toEqual(['book confirmed', 'reschedule claimed']);
      expect(await reconcileAll()).toEqual(['settled']);
      expect(standing()).toEqual([pick(free, 3).start]);
      expect(await written()).toEqual({ ...movedTo(3), messages: ['settled_rescheduled'] });
      // The old time is free for others, the new one is not.
      const again = await bookThroughLedger(
        context,
        entry(pick(free, 0), { email: 'other@example.com' }),
      );
      expect(again.state).toBe('confirmed');
    },
    30_000,
  );
});
