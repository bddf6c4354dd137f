import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  BookingNotFoundError,
  CalendarSetupError,
  SlotUnavailableError,
  WebhookUnreadableError,
} from '../../calendar/calendar-error.ts';
import type {
  Booking,
  BookingNews,
  BookingQuery,
  BookRequest,
  Calendar,
  CalendarDescription,
  Slot,
  TimeRange,
} from '../../calendar/calendar.ts';
import type {
  CalendarProvider,
  ConnectionAccess,
  RegisteredWebhook,
} from '../../calendar/provider.ts';

const HOUR = 3_600_000;
const DURATIONS = [60];

/** What lies behind a key: a notebook that somebody keeps. */
export interface Notebook {
  owner: string;
  pages: Set<string>;
  bookings: Map<string, Booking>;
  webhooks: Map<string, { address: string; secret: string }>;
}

export function newNotebook(owner: string): Notebook {
  return { owner, pages: new Set(), bookings: new Map(), webhooks: new Map() };
}

const SettingsSchema = z.object({
  shelf: z.string().min(1).default('A').meta({ description: 'where it stands' }),
});
const EnvironmentSchema = z.object({ NOTEBOOK_ROOM: z.string().default('office') });
const NewsSchema = z.object({ page: z.string(), status: z.enum(['confirmed', 'cancelled']) });

/**
 * A provider that exists in tests alone: its notebooks lie in this process, by their keys. An hour
 * begins at every full hour.
 */
export function notebookProvider(notebooks: ReadonlyMap<string, Notebook>): CalendarProvider {
  const open = ({ credential }: Pick<ConnectionAccess, 'credential'>): Notebook => {
    const notebook = notebooks.get(credential ?? '');
    if (notebook) return notebook;
    throw new CalendarSetupError('There is no notebook of this key.', { problem: 'key-refused' });
  };
  return {
    id: 'notebook',
    name: 'notebook',
    settings: SettingsSchema,
    credential: { pattern: /\b(nb_)\w{6,}/g, variable: 'NOTEBOOK_KEY' },
    environment: EnvironmentSchema,
    examples: ['calendars connect Desk --provider notebook < key.txt'],
    writesToAttendees: false,
    open: (access, { eventType, timeZone }, { now }) =>
      new NotebookCalendar(open(access), { eventType, timeZone, now }),
    readAccount: (access) =>
      Promise.resolve().then(() => ({ name: open(access).owner, timeZone: 'Europe/Zurich' })),
    instanceOf: ({ environment }) => EnvironmentSchema.parse(environment).NOTEBOOK_ROOM,
    listEventTypes: (access) =>
      Promise.resolve(
        [...open(access).pages].map((slug) => ({
          slug,
          title: slug,
          durations: DURATIONS,
          fault: null,
        })),
      ),
    ensureEventType(access, { slug }) {
      const { pages } = open(access);
      const created = !pages.has(slug);
      pages.add(slug);
      return Promise.resolve({ created, durationMinutes: 60, durations: DURATIONS });
    },
    webhooks: {
      register(access, webhook) {
        const id = randomUUID();
        open(access).webhooks.set(id, webhook);
        return Promise.resolve(id);
      },
      remove(access, id) {
        open(access).webhooks.delete(id);
        return Promise.resolve();
      },
      find(access, id): Promise<RegisteredWebhook | undefined> {
        const webhook = open(access).webhooks.get(id);
        return Promise.resolve(webhook && { address: webhook.address, fault: null });
      },
      handshake: ({ query }) => query.get('challenge') ?? undefined,
      verify: ({ headers }, secret) => isSame(String(headers['x-notebook-secret']), secret),
      nameDelivery(body) {
        const read = NewsSchema.safeParse(body);
        if (!read.success) throw new WebhookUnreadableError('No news of a notebook.');
        const { page, status } = read.data;
        return { trigger: status, deliveryKey: `${status}:${page}` };
      },
      read(body): BookingNews {
        const { page: reference, status } = NewsSchema.parse(body);
        return { uid: reference, reference, changedAt: new Date(), status };
      },
    },
  };
}

class NotebookCalendar implements Calendar {
  readonly #notebook: Notebook;
  readonly #options: { eventType: string; timeZone: string; now: () => Date };

  constructor(
    notebook: Notebook,
    options: { eventType: string; timeZone: string; now: () => Date },
  ) {
    this.#notebook = notebook;
    this.#options = options;
  }

  describe(): Promise<CalendarDescription> {
    return Promise.resolve({
      timeZone: this.#options.timeZone,
      durationMinutes: 60,
      durations: DURATIONS,
      requiredAttendeeFields: ['name', 'email'],
      questions: [],
      exclusive: true,
      supports: { reschedule: true, confirmationMail: false },
    });
  }

  listSlots({ from, to }: TimeRange): Promise<Slot[]> {
    const earliest = Math.max(from.getTime(), this.#options.now().getTime());
    const slots: Slot[] = [];
    for (let at = Math.ceil(earliest / HOUR) * HOUR; at < to.getTime(); at += HOUR) {
      const slot = { start: new Date(at), end: new Date(at + HOUR) };
      if (!this.#isTaken(slot)) slots.push(slot);
    }
    return Promise.resolve(slots);
  }

  async book({ slot, attendee, key }: BookRequest): Promise<Booking> {
    const [known] = await this.findBookings({ key });
    if (known) return known;
    if (this.#isTaken(slot)) throw new SlotUnavailableError('The hour is taken.');
    const reference = randomUUID();
    const booking = { reference, uid: reference, ...slot, attendee, key, location: null };
    return this.#write({ ...booking, status: 'confirmed' });
  }

  findBookings(query: BookingQuery): Promise<Booking[]> {
    const { key, reference, email, phone } = query;
    return Promise.resolve(
      [...this.#notebook.bookings.values()].filter(
        (booking) =>
          (key === undefined || booking.key === key) &&
          (reference === undefined || booking.reference === reference) &&
          (email === undefined || booking.attendee.email === email) &&
          (phone === undefined || booking.attendee.phone === phone),
      ),
    );
  }

  async reschedule(reference: string, slot: Slot): Promise<Booking> {
    return this.#write({ ...this.#find(reference), ...slot });
  }

  async cancel(reference: string): Promise<Booking> {
    return this.#write({ ...this.#find(reference), status: 'cancelled' });
  }

  #find(reference: string): Booking {
    const booking = this.#notebook.bookings.get(reference);
    if (booking) return booking;
    throw new BookingNotFoundError('The notebook has no such page.');
  }

  #write(booking: Booking): Booking {
    this.#notebook.bookings.set(booking.reference, booking);
    return booking;
  }

  #isTaken(slot: Slot): boolean {
    return [...this.#notebook.bookings.values()].some(
      ({ start, end, status }) => status === 'confirmed' && start < slot.end && slot.start < end,
    );
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
