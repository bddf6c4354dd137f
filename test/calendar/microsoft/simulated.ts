import { randomUUID } from 'node:crypto';
import type { BookRequest, Calendar, Slot } from '../../../calendar/calendar.ts';
import { GraphClient } from '../../../calendar/microsoft/client.ts';
import { MailboxGate } from '../../../calendar/microsoft/mailbox-gate.ts';
import { MicrosoftCalendar } from '../../../calendar/microsoft/microsoft-calendar.ts';
import { MicrosoftSettingsSchema } from '../../../calendar/microsoft/settings.ts';
import type { TokenSource } from '../../../calendar/oauth/token-source.ts';
import type { CalendarEvent } from '../../../calendar/provider.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import { USUAL_AVAILABILITY } from '../../../calendar/slots/availability.ts';
import type { Availability, WorkingRange } from '../../../calendar/slots/availability.ts';
import type { StoredBookings } from '../../../calendar/stored-bookings.ts';
import { attendee } from '../contract/contract-world.ts';
import { TOKEN } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';

const NINE_TO_FIVE: WorkingRange[] = [[540, 1_020]];

/** Nine to five on every day, in three lengths. */
export const EVERY_DAY: Availability = {
  ...USUAL_AVAILABILITY,
  weekly: Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, NINE_TO_FIVE])),
  durations: [15, 60],
};

/** Somebody who is signed in, until the simulator says otherwise. */
export class TestTokens implements TokenSource {
  current = TOKEN;
  /** What the next renewal answers. */
  next: string | null = null;
  renewals = 0;

  accessToken(): Promise<string> {
    return Promise.resolve(this.current);
  }

  renew(refused: string): Promise<string> {
    if (refused === this.current) {
      this.renewals += 1;
      this.current = this.next ?? this.current;
    }
    return Promise.resolve(this.current);
  }
}

export interface SimulatedOptions {
  bookings: StoredBookings;
  settings?: Record<string, unknown>;
  event?: Partial<CalendarEvent>;
  tokens?: TokenSource;
  gate?: MailboxGate;
  now?: () => Date;
  fetch?: typeof fetch;
}

export function clientOf(
  { url }: { url: string },
  { tokens = new TestTokens(), gate = new MailboxGate(), fetch }: Partial<SimulatedOptions> = {},
): GraphClient {
  // The limit of requests is not what is tested.
  const limiter = memoryLimiter({ limit: 1_000_000, window: 600_000 });
  return new GraphClient({ baseUrl: url, tokens, gate, limiter, fetch });
}

export function calendarOf(simulator: { url: string }, options: SimulatedOptions): Calendar {
  const { bookings, settings = {}, event = {}, now = () => new Date() } = options;
  return new MicrosoftCalendar({
    client: clientOf(simulator, options),
    settings: MicrosoftSettingsSchema.parse(settings),
    event: {
      eventType: 'visit',
      title: 'A visit',
      durationMinutes: 30,
      timeZone: 'America/New_York',
      meetingLink: 'provider',
      availability: EVERY_DAY,
      ...event,
    },
    bookings,
    now,
  });
}

export function wish(slot: Slot, change: Partial<BookRequest> = {}): BookRequest {
  return {
    slot,
    attendee: attendee(),
    key: randomUUID(),
    notes: 'Comes by bicycle.',
    answers: { pet: 'a cat' },
    ...change,
  };
}

export async function isFree(calendar: Calendar, { start, end }: Slot): Promise<boolean> {
  return (await calendar.listSlots({ from: start, to: end })).length > 0;
}
