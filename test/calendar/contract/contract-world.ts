import { randomUUID } from 'node:crypto';
import { OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import type { Attendee, Booking, BookRequest, Calendar, Slot } from '../../../calendar/calendar.ts';

export const DAY = 24 * 3_600_000;
export const MINUTE = 60_000;

/** The writes whose answer can get lost. */
export type ContractWrite = 'book' | 'reschedule' | 'cancel';

/** What is missing cannot be arranged with the provider, or the calendar has nothing of the kind. */
export interface ContractSetup {
  calendar: Calendar;
  now: () => Date;
  /** The next write of the kind is done, and its answer never arrives. */
  loseAnswer?: (write: ContractWrite) => void;
  /** The provider says nothing more until `wakeUp`. */
  fallSilent?: () => void;
  wakeUp?: () => void;
  /** The same calendar as another process sees it. */
  reopen?: () => Calendar;
  /** One that asks a question which must be answered, and an answer to it. */
  asking?: { calendar: Calendar; answers: Record<string, string> };
  /** One whose owner accepts each booking. */
  awaiting?: Calendar;
  /** One that can be booked with a phone number alone. */
  phoneOnly?: Calendar;
  /** Waits until the provider takes more requests. */
  pace?: () => Promise<void>;
}

/** What some providers cannot do, or cannot be made to do in a test. */
export type Capability =
  | 'hold'
  | 'list'
  | 'lost-answers'
  | 'pending'
  | 'phone-only'
  | 'questions'
  | 'silence';

/** The calendar under test, and slots enough for every test of the suite to have its own. */
export class ContractWorld {
  #setup: ContractSetup | null = null;
  readonly free: Slot[] = [];
  /** Nothing is said of these. */
  readonly lacks: ReadonlySet<Capability>;

  constructor(lacks: ReadonlySet<Capability>) {
    this.lacks = lacks;
  }

  /** Reads the free slots of the next four weeks. */
  async open(setup: ContractSetup): Promise<void> {
    this.#setup = setup;
    await setup.pace?.();
    const from = setup.now();
    this.free.push(
      ...(await setup.calendar.listSlots({ from, to: new Date(from.getTime() + 28 * DAY) })),
    );
  }

  get setup(): ContractSetup {
    if (!this.#setup) throw new Error('The calendar under test opens in beforeAll.');
    return this.#setup;
  }

  get calendar(): Calendar {
    return this.setup.calendar;
  }

  now(): Date {
    return this.setup.now();
  }

  /** A slot that no other test of the suite takes. */
  freshSlot(): Slot {
    const slot = this.free.shift();
    if (!slot) throw new Error('The calendar under test has too few free slots.');
    return slot;
  }

  request(change: Partial<BookRequest> = {}): BookRequest {
    return {
      slot: change.slot ?? this.freshSlot(),
      attendee: attendee(),
      key: randomUUID(),
      notes: null,
      answers: {},
      ...change,
    };
  }

  async isListed(slot: Slot): Promise<boolean> {
    const listed = await this.calendar.listSlots({ from: slot.start, to: slot.end });
    return listed.some((other) => other.start.getTime() === slot.start.getTime());
  }
}

/** What a write answered; null where it said that it does not know. */
export async function outcomeOf(work: Promise<Booking>): Promise<Booking | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof OutcomeUnknownError) return null;
    throw error;
  }
}

export async function rejection(work: Promise<unknown>): Promise<Error> {
  const outcome = await work.catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome;
  throw new Error('It was not refused.');
}

let phones = Math.floor(Math.random() * 9_000_000);

/** Of a range kept for fiction. */
export function freshPhone(): string {
  phones += 1;
  return `+1415555${String(phones % 10_000).padStart(4, '0')}`;
}

export function attendee(): Attendee {
  return {
    name: 'Mary Smith',
    email: `mary.${randomUUID().slice(0, 8)}@example.com`,
    phone: null,
    timeZone: 'America/New_York',
  };
}

export function contact(of: Attendee): { email: string } {
  return { email: of.email ?? '' };
}

export function moved(slot: Slot, by: number): Slot {
  return { start: new Date(slot.start.getTime() + by), end: new Date(slot.end.getTime() + by) };
}
