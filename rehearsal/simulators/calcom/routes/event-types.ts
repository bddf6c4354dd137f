import { HttpError, PropertiesError, type PropertyFault } from '../api-error.ts';
import { completeFields } from '../booking-fields.ts';
import { callerOf, success, type Answer, type Call } from '../call.ts';
import { eventTypeAnswer } from '../event-type-answer.ts';
import type { EventType } from '../model.ts';
import { addEventType, type EventTypeSeed } from '../seed.ts';

/** Public by username, without the hidden ones; unknown names are an empty list, never a 404. */
export function listEventTypes(call: Call): Answer {
  const username = call.query.get('username');
  const slug = call.query.get('eventSlug');
  const owner = username === null ? call.caller : call.state.accountNamed(username);
  const own = owner !== undefined && owner !== null && owner === call.caller;
  const found =
    owner === undefined || owner === null
      ? []
      : call.state
          .eventTypesOf({ accountId: owner.id })
          .filter((each) => (own || !each.hidden) && (slug === null || each.slug === slug));
  return success(found.map((each) => answer(call, each, { hiddenFields: false })));
}

export function getEventType(call: Call): Answer {
  return success(answer(call, findOwn(call), { hiddenFields: true }));
}

export function createEventType(call: Call): Answer {
  const account = callerOf(call);
  refuseWrongProperties(call.body);
  const seed = settingsOf(call.body) as unknown as EventTypeSeed;
  if (call.state.eventTypesOf({ accountId: account.id }).some((each) => each.slug === seed.slug)) {
    throw new HttpError(400, 'User already has an event type with this slug.');
  }
  if (seed.bookingFields !== undefined) refuseLostEmail(completeFields(seed.bookingFields));
  const owner = { ownerId: account.id, teamId: null, hostIds: [account.id] };
  const eventType = addEventType(call.state, seed, owner);
  return success(answer(call, eventType, { hiddenFields: true }), { status: 201 });
}

export function updateEventType(call: Call): Answer {
  const eventType = findOwn(call);
  const { bookingFields, ...settings } = settingsOf(call.body);
  if (bookingFields !== undefined) {
    const fields = completeFields(bookingFields as Record<string, unknown>[]);
    refuseLostEmail(fields);
    eventType.bookingFields = fields;
  }
  Object.assign(eventType, settings);
  return success(answer(call, eventType, { hiddenFields: true }));
}

export function deleteEventType(call: Call): Answer {
  const { id, lengthInMinutes, slug, title } = findOwn(call);
  call.state.deleteEventType(id);
  return success({ id, lengthInMinutes, slug, title });
}

function answer(call: Call, eventType: EventType, options: { hiddenFields: boolean }): object {
  return eventTypeAnswer(call.state, eventType, { bookerUrl: call.bookerUrl, ...options });
}

/** Another's event type is not found, whether it exists or not. */
function findOwn(call: Call): EventType {
  const id = call.parameters['eventTypeId'];
  const eventType = call.state.eventTypes.get(Number(id));
  const { id: accountId } = callerOf(call);
  if (eventType?.ownerId === accountId || eventType?.hostIds.includes(accountId) === true) {
    return eventType;
  }
  throw new HttpError(404, `Event type with id ${id} not found`);
}

const SETTINGS = [
  'lengthInMinutes',
  'lengthInMinutesOptions',
  'title',
  'slug',
  'description',
  'locations',
  'bookingFields',
  'recurrence',
  'slotInterval',
  'minimumBookingNotice',
  'beforeEventBuffer',
  'afterEventBuffer',
  'offsetStart',
  'scheduleId',
  'bookingWindow',
  'confirmationPolicy',
  'requiresBookerEmailVerification',
  'bookingLimitsCount',
  'bookingLimitsDuration',
  'bookerActiveBookingsLimit',
  'disableCancelling',
  'disableRescheduling',
  'hidden',
] as const;

/** What a body sets; unknown properties are ignored, as Cal.com does. */
function settingsOf(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    SETTINGS.filter((setting) => body[setting] !== undefined).map((setting) => [
      setting,
      body[setting],
    ]),
  );
}

function refuseWrongProperties(body: Record<string, unknown>): void {
  const faults: PropertyFault[] = [];
  const { lengthInMinutes, title, slug } = body;
  if (!Number.isInteger(lengthInMinutes) || Number(lengthInMinutes) < 1) {
    const constraints: Record<string, string> = {
      min: 'lengthInMinutes must not be less than 1',
    };
    if (!Number.isInteger(lengthInMinutes)) {
      constraints['isInt'] = 'lengthInMinutes must be an integer number';
    }
    faults.push({ property: 'lengthInMinutes', value: lengthInMinutes, constraints });
  }
  for (const [property, value] of Object.entries({ title, slug })) {
    if (typeof value === 'string') continue;
    faults.push({ property, value, constraints: { isString: `${property} must be a string` } });
  }
  if (faults.length > 0) throw new PropertiesError(body, faults);
}

function refuseLostEmail(fields: EventType['bookingFields']): void {
  const email = fields.find((field) => field.slug === 'email');
  if (email?.required === true && email.hidden !== true) return;
  throw new HttpError(
    400,
    'checkIsEmailUserAccessible - Email booking field must be required and visible',
  );
}
