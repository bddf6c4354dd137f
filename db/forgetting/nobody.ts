import { sql } from 'kysely';

/** Stands where a name was. */
export const FORGOTTEN = 'Forgotten';

/** In place of the `attendee` of a row. */
export const NOBODY = sql`jsonb_build_object(
  'name', ${FORGOTTEN}::text, 'email', null, 'phone', null,
  'timeZone', coalesce(attendee ->> 'timeZone', 'UTC'))`;

/** What an appointment's row is set to when it is forgotten who it was with. */
export const NOT_IN_AN_APPOINTMENT = sql`
  attendee_name = ${FORGOTTEN}, attendee_email = null, attendee_phone = null, notes = null,
  cancellation_reason = null, title = null, description = null, location = null,
  attendees = '[]', responses = '{}', metadata = '{}', forgotten_at = slotline_now()`;

/**
 * The steps of an intent stay with their instants; what was given as a reason, by a caller, a
 * provider or an operator, may quote anything.
 */
const WITHOUT_REASONS = sql`(
  select coalesce(jsonb_agg(
    case when step ->> 'reason' is null then step
      else jsonb_set(step, '{reason}', to_jsonb(${FORGOTTEN}::text)) end
    order by place), '[]')
  from jsonb_array_elements(steps) with ordinality as known (step, place))`;

/** What an intent's row is set to when it is forgotten whose it was. */
export const NOT_IN_AN_INTENT = sql`
  attendee = ${NOBODY}, notes = null, answers = '{}', reason = null, steps = ${WITHOUT_REASONS},
  forgotten_at = slotline_now()`;
