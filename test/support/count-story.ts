import { DateTime } from 'luxon';
import { BUCKETS } from '../../db/figures/buckets.ts';
import type { Tenant } from './tenants.ts';
import type { Story } from './figure-story.ts';

const HOUR = 3_600_000;
const STEPS = ['asked', 'offered', 'chosen', 'details', 'booked'];

/** Counts a story event by event: "name day agent key" with its amount. */
export function countStory(story: Story, tenant: Tenant): Record<string, number> {
  const counts = new Map<string, number>();
  const local = (at: Date) => DateTime.fromJSDate(at, { zone: story.zone });
  const adder =
    (at: Date, agent: string | null) =>
    (name: string, key: string, amount = 1) => {
      const id = [name, local(at).toISODate(), agent, key].join(' ');
      counts.set(id, (counts.get(id) ?? 0) + amount);
    };
  const bucket = (ms: number) => String(BUCKETS.findLast((bound) => bound <= ms));
  for (const call of story.calls) {
    if (call.isRehearsal) continue;
    const add = adder(call.startedAt, call.agentId);
    add('calls', '');
    add('hour', local(call.startedAt).toFormat('c-HH'));
    add('outcome', call.outcome ?? 'open');
    add('line', call.line);
    if (call.length !== null) add('line_ms', call.line, call.length);
    for (const ms of call.latencies) add('answer_ms', bucket(ms));
    let step = 0;
    for (const tool of call.tools) {
      if (tool.ms !== null) add('tool_ms', bucket(tool.ms));
      if (tool.name === 'list_available_slots') step = Math.max(step, tool.hasSlots ? 2 : 1);
      if (tool.name === 'note_details' && tool.isChosen) step = Math.max(step, 3);
      if (tool.name === 'schedule_appointment') step = Math.max(step, 4);
    }
    if (call.intents.some(({ state }) => /confirmed|released/.test(state))) step = 5;
    for (const stage of STEPS.slice(0, step)) add('funnel', stage);
    for (const { status } of call.appointments) {
      add('appointment', 'made');
      if (status !== 'confirmed') add('appointment', status);
    }
    for (const how of call.truths) add('truth', how);
    for (const { state, wasUnknown } of call.intents) {
      if (/unknown|attention/.test(state)) add('truth', 'unconfirmed');
      else if (wasUnknown && /confirmed|refused|released/.test(state)) add('truth', 'settled');
    }
    for (const { weekday, part, isFree } of call.wishes) {
      add('wished', `${weekday}/${part}`);
      add('wished_event', tenant.bookingEventId);
      if (isFree) continue;
      add('unmet', `${weekday}/${part}`);
      add('unmet_event', tenant.bookingEventId);
    }
    for (const { model, audioInput, seconds, cost } of call.charges) {
      add('tokens', `${model} audioInput`, audioInput);
      add('tokens', `${model} seconds`, seconds * 1_000);
      if (cost === null) add('unpriced', model);
      else add('cost', model, Math.round(cost * 1_000_000_000));
    }
  }
  for (const { call, takenAt, urgent, answeredAfter } of story.messages) {
    const of = story.calls[call];
    if (!of || of.isRehearsal) continue;
    const add = adder(takenAt, of.agentId);
    add('message', 'taken');
    if (answeredAfter === null) continue;
    add('message', 'answered');
    if (answeredAfter <= (urgent ? 2 : 24) * HOUR) add('message', 'in_time');
  }
  const { calendarConnectionId } = tenant;
  for (const { receivedAt, state } of story.deliveries) {
    adder(receivedAt, null)('delivery', `${calendarConnectionId}/${state}`);
  }
  for (const { startedAt, seen, missing, failed } of story.syncs) {
    const add = adder(startedAt, null);
    for (const [part, amount] of Object.entries({
      runs: 1,
      failed: Number(failed),
      seen,
      missing,
    })) {
      add('sync', `${calendarConnectionId}/${part}`, amount);
    }
  }
  return Object.fromEntries([...counts].filter(([, amount]) => amount !== 0));
}
