import { HttpError } from '../api-error.ts';
import { callerOf, success, type Answer, type Call } from '../call.ts';
import type { Schedule } from '../model.ts';
import { asText } from '../as-text.ts';

export function listSchedules(call: Call): Answer {
  const { id } = callerOf(call);
  return success([...call.state.schedules.values()].filter((each) => each.ownerId === id));
}

/** Answers null for an account that never set its hours. */
export function getDefaultSchedule(call: Call): Answer {
  const { defaultScheduleId } = callerOf(call);
  return success(
    defaultScheduleId === null ? null : (call.state.schedules.get(defaultScheduleId) ?? null),
  );
}

export function getSchedule(call: Call): Answer {
  return success(findSchedule(call));
}

export function createSchedule(call: Call): Answer {
  const account = callerOf(call);
  const schedule: Schedule = {
    id: call.state.nextId('schedule'),
    ownerId: account.id,
    name: asText(call.body['name'] ?? 'Hours'),
    timeZone: asText(call.body['timeZone'] ?? account.timeZone),
    availability: (call.body['availability'] as Schedule['availability'] | undefined) ?? [],
    isDefault: call.body['isDefault'] === true,
    overrides: (call.body['overrides'] as Schedule['overrides'] | undefined) ?? [],
  };
  call.state.schedules.set(schedule.id, schedule);
  if (schedule.isDefault) account.defaultScheduleId = schedule.id;
  return success(schedule, { status: 201 });
}

export function updateSchedule(call: Call): Answer {
  const old = findSchedule(call);
  const { name, timeZone, availability, overrides } = { ...old, ...call.body };
  // A new object: the hours read from a schedule are remembered by it.
  const schedule: Schedule = { ...old, name, timeZone, availability, overrides };
  call.state.schedules.set(schedule.id, schedule);
  return success(schedule);
}

function findSchedule(call: Call): Schedule {
  const id = Number(call.parameters['scheduleId']);
  const schedule = call.state.schedules.get(id);
  if (schedule === undefined || schedule.ownerId !== callerOf(call).id) {
    throw new HttpError(404, `Schedule with ID=${call.parameters['scheduleId']} not found`);
  }
  return schedule;
}
