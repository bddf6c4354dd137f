import { z } from 'zod';
import {
  BookingNotFoundError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../calendar-error.ts';
import type { CalendarError } from '../calendar-error.ts';
import { setupError } from './setup-error.ts';

const Envelope = z.object({
  title: z.string(),
  message: z.string(),
  details: z
    .array(
      z.object({
        parameter: z.string().nullish(),
        code: z.string().nullish(),
        message: z.string().nullish(),
      }),
    )
    .nullish()
    .catch(undefined),
});

/** What Calendly refused. */
export class CalendlyRefusal extends Error {
  override readonly name = 'CalendlyRefusal';
  readonly status: number;
  /** What of the request it is about, such as `start_time` or `invitee.email`. */
  readonly parameters: readonly string[];
  readonly codes: readonly string[];

  constructor(status: number, { title, message, details }: z.infer<typeof Envelope>) {
    super(`${title}: ${message}`);
    this.status = status;
    this.parameters = (details ?? []).flatMap(({ parameter }) => parameter ?? []);
    this.codes = (details ?? []).flatMap(({ code }) => code ?? []);
  }
}

/** Whether a body is a refusal in Calendly's own form. */
export function isRefusal(body: unknown): boolean {
  return Envelope.safeParse(body).success;
}

export function readRefusal(status: number, body: unknown): CalendlyRefusal {
  const { data } = Envelope.safeParse(body);
  return new CalendlyRefusal(status, data ?? { title: `HTTP ${status}`, message: 'without words' });
}

/** The refusal behind a calendar error; undefined where there is none. */
export function refusalOf(error: unknown): CalendlyRefusal | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof CalendlyRefusal ? cause : undefined;
}

/** Seen in a client of somebody else, and in no documentation. */
const TAKEN = 'already_filled';

/** Parameters of a booking that a caller can be asked for anew. */
const FIELDS: [parameter: RegExp, field: string][] = [
  [/\bemail$/, 'email'],
  [/\b(?:first_|last_)?name$/, 'name'],
  [/\btext_reminder_number$/, 'phone'],
];

/** What asks for an event type, and finds nothing where it is gone. */
const OF_EVENT_TYPES = new Set(['event_type_available_times', 'invitees']);

/** The calendar error of a refusal, which stays its cause. */
export function toCalendarError(refusal: CalendlyRefusal, resource: string): CalendarError {
  const { status, codes, parameters } = refusal;
  const options = { cause: refusal };
  if (codes.includes(TAKEN)) {
    return new SlotUnavailableError('Calendly says that the time is taken.', options);
  }
  if (status === 401) return setupError('key-refused', '', options);
  if (status === 403) return setupError('key-without-rights', '', options);
  if (status === 404 && resource === 'scheduled_events') {
    return new BookingNotFoundError('Calendly has no such booking.', options);
  }
  if (status === 404 && OF_EVENT_TYPES.has(resource)) {
    return setupError('event-type-missing', '', options);
  }
  const field = FIELDS.find(([parameter]) => parameters.some((each) => parameter.test(each)))?.[1];
  return new RequestRefusedError('Calendly refuses the request.', {
    ...options,
    field: field ?? null,
  });
}
