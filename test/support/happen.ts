import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Happening, Story } from './figure-story.ts';
import type { Tenant } from './tenants.ts';

export interface StoryParts {
  db: Database;
  tenant: Tenant;
  agents: readonly [string, string];
}

/** Lets something happen in the database and in the story; what is about nothing does not. */
export async function happen(
  { db, tenant, agents }: StoryParts,
  story: Story,
  it: Happening,
): Promise<void> {
  const { organizationId, calendarConnectionId } = tenant;
  const pick = <T>(list: readonly T[], of: number): T | undefined => list[of % list.length];
  const call = 'of' in it ? pick(story.calls, it.of) : undefined;
  const ofCall = call && { organizationId, callId: call.id };
  switch (it.do) {
    case 'call': {
      const agentId = agents[it.isSecondAgent ? 1 : 0];
      const { at: startedAt, line } = it;
      const { id } = await db
        .insertInto('calls')
        .values({ organizationId, agentId, line, startedAt, roomName: randomUUID() })
        .returning('id')
        .executeTakeFirstOrThrow();
      const nothing = { tools: [], wishes: [], truths: [], charges: [], intents: [] };
      story.calls.push({
        ...nothing,
        id,
        agentId,
        line,
        startedAt,
        length: null,
        outcome: null,
        isRehearsal: false,
        latencies: [],
        appointments: [],
      });
      return;
    }
    case 'end':
      if (!call) return;
      await sql`update calls set ended_at = started_at + ${it.length} * interval '1 millisecond',
        outcome = ${it.outcome}, latencies = ${it.latencies}::integer[] where id = ${call.id}`.execute(
        db,
      );
      Object.assign(call, { length: it.length, outcome: it.outcome, latencies: it.latencies });
      return;
    case 'correct':
      if (!call) return;
      await sql`update calls set outcome = ${it.outcome} where id = ${call.id}`.execute(db);
      call.outcome = it.outcome;
      return;
    case 'tool': {
      if (!ofCall || !call) return;
      const startedAt = new Date(call.startedAt.getTime() + 1_000);
      const { id } = await db
        .insertInto('toolCalls')
        .values({
          ...ofCall,
          name: it.name,
          startedAt,
          arguments: JSON.stringify({ slot_id: it.isChosen ? 'one' : null }),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      if (it.ms !== null) {
        await db
          .updateTable('toolCalls')
          .set({
            result: JSON.stringify({ slots: it.hasSlots ? [{ slot_id: 'one' }] : [] }),
            endedAt: new Date(startedAt.getTime() + it.ms),
          })
          .where('id', '=', id)
          .execute();
      }
      call.tools.push({ ...it, hasSlots: it.hasSlots && it.ms !== null });
      return;
    }
    case 'wish':
    case 'truth': {
      if (!ofCall || !call) return;
      const { weekday, part, isFree } =
        it.do === 'wish' ? it : { weekday: 0, part: '', isFree: true };
      await db
        .insertInto('callMarks')
        .values({
          ...ofCall,
          kind: it.do === 'wish' ? 'wish' : `truth.${it.how}`,
          details: JSON.stringify({ weekday, part, isFree, event: tenant.bookingEventId }),
        })
        .execute();
      if (it.do === 'wish') call.wishes.push({ weekday, part, isFree });
      else call.truths.push(it.how);
      return;
    }
    case 'charge': {
      if (!ofCall || !call) return;
      const { audioInput, seconds, cost } = it;
      const model = 'gpt-realtime-2.1';
      await db
        .insertInto('callCharges')
        .values({
          ...ofCall,
          kind: 'response',
          model,
          amounts: JSON.stringify({ audioInput, seconds }),
          cost,
        })
        .execute();
      call.charges.push({ model, audioInput, seconds, cost });
      return;
    }
    case 'intent': {
      if (!ofCall || !call) return;
      // Each at a time of its own.
      const startAt = new Date(
        Date.UTC(2027, 0, 1) + story.calls.flatMap((c) => c.intents).length * 3_600_000,
      );
      const { id } = await db
        .insertInto('bookingIntents')
        .values({
          ...ofCall,
          calendarConnectionId,
          eventType: 'appointment',
          resource: 'calendar',
          idempotencyKey: randomUUID(),
          startAt,
          endAt: new Date(startAt.getTime() + 1_800_000),
          attendee: JSON.stringify({ name: 'Mary Smith' }),
          state: it.state,
          steps: JSON.stringify([{ state: it.state, at: startAt, reason: null }]),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      call.intents.push({ id, state: it.state, wasUnknown: it.state === 'unknown' });
      return;
    }
    case 'settle': {
      const intent = pick(
        story.calls.flatMap(({ intents }) => intents),
        it.of,
      );
      if (!intent) return;
      await sql`update booking_intents set state = ${it.state},
        steps = steps || ${JSON.stringify([{ state: it.state, at: '', reason: null }])}::jsonb
        where id = ${intent.id}`.execute(db);
      intent.state = it.state;
      intent.wasUnknown ||= it.state === 'unknown';
      return;
    }
    case 'appointment': {
      if (!ofCall || !call) return;
      const startAt = new Date('2027-02-01T15:00:00Z');
      const { id } = await db
        .insertInto('appointments')
        .values({
          ...ofCall,
          calendarConnectionId,
          eventType: 'appointment',
          reference: randomUUID(),
          startAt,
          endAt: new Date(startAt.getTime() + 1_800_000),
          status: it.status,
          attendeeName: 'Mary Smith',
          timeZone: 'UTC',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      call.appointments.push({ id, status: it.status });
      return;
    }
    case 'cancel': {
      const appointment = pick(
        story.calls.flatMap((each) => each.appointments),
        it.of,
      );
      if (!appointment) return;
      await sql`update appointments set status = 'cancelled' where id = ${appointment.id}`.execute(
        db,
      );
      appointment.status = 'cancelled';
      return;
    }
    case 'message': {
      if (!ofCall || !call) return;
      const row = { ...ofCall, agentId: call.agentId, urgent: it.urgent, createdAt: it.at };
      const { id } = await db
        .insertInto('messagesTaken')
        .values({ ...row, text: 'Please call Mary Smith back.' })
        .returning('id')
        .executeTakeFirstOrThrow();
      story.messages.push({
        id,
        call: story.calls.indexOf(call),
        urgent: it.urgent,
        takenAt: it.at,
        answeredAfter: null,
      });
      return;
    }
    case 'answer': {
      const message = pick(story.messages, it.of);
      if (!message || message.answeredAfter !== null) return;
      const { rows } = await sql`update messages_taken
        set handled_at = created_at + ${it.after} * interval '1 millisecond'
        where id = ${message.id} returning id`.execute(db);
      // One that was forgotten is answered by nobody.
      if (rows.length > 0) message.answeredAfter = it.after;
      return;
    }
    case 'delivery': {
      const { id } = await db
        .insertInto('webhookDeliveries')
        .values({
          organizationId,
          calendarConnectionId,
          trigger: 'BOOKING_CREATED',
          deliveryKey: randomUUID(),
          payload: '{}',
          receivedAt: it.at,
          state: it.state as 'received',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      story.deliveries.push({ id, receivedAt: it.at, state: it.state });
      return;
    }
    case 'deliver': {
      const delivery = pick(story.deliveries, it.of);
      if (!delivery) return;
      const { rows } = await sql`update webhook_deliveries set state = ${it.state}
        where id = ${delivery.id} returning id`.execute(db);
      if (rows.length > 0) delivery.state = it.state;
      return;
    }
    case 'sync': {
      const { at: startedAt, seen, missing, failed } = it;
      const { id } = await db
        .insertInto('calendarSyncs')
        .values({ organizationId, calendarConnectionId, startedAt })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .updateTable('calendarSyncs')
        .set({ seen, missing, error: failed ? 'It broke off.' : null, endedAt: startedAt })
        .where('id', '=', id)
        .execute();
      story.syncs.push({ startedAt, seen, missing, failed });
      return;
    }
    case 'rehearse':
      if (!call) return;
      await sql`update calls set rehearsal = '{}' where id = ${call.id}`.execute(db);
      call.isRehearsal = true;
      return;
    case 'forget':
      // As age and forgetting a person do it: the figures stay.
      for (const table of [
        'tool_calls',
        'messages_taken',
        'webhook_deliveries',
        'calendar_syncs',
      ]) {
        await sql`delete from ${sql.table(table)} where organization_id = ${organizationId}`.execute(
          db,
        );
      }
      await sql`update calls set caller_number = null, appointment_details = null
        where organization_id = ${organizationId}`.execute(db);
      return;
    case 'zone':
      await sql`update organizations set time_zone = ${it.zone} where id = ${organizationId}`.execute(
        db,
      );
      story.zone = it.zone;
  }
}
