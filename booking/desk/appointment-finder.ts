import { noteGuess, noteProof } from '../../db/calls/caller-guesses.ts';
import type { WrongGuesses } from '../../db/calls/caller-guesses.ts';
import { EmailAddressSchema } from '../../runtime/given/email-address.ts';
import { BookingError } from '../booking-error.ts';
import type { Sentences } from '../languages/sentences/sentences.ts';
import type { KnownAppointment } from './call-appointments.ts';
import { refuseForeignWords } from '../offering/refuse-foreign-words.ts';
import { canMailCode, isMailedCode, mailCode } from './mailed-code.ts';
import { GUESSES, isProvedBy, readCode, readDetail } from './prove-caller.ts';
import type { Detail } from './prove-caller.ts';
import {
  countPeople,
  findByEmail,
  findByNumber,
  areForSamePerson,
  toKnown,
} from './upcoming-appointments.ts';
import type { LookUpContext, Upcoming } from './upcoming-appointments.ts';

/** What a caller says of themselves and of an appointment, to have it found. */
export interface CallerStatement {
  /** The e-mail address that the appointment was made with. */
  email: string | null;
  /** When it is, the phone number left with it, or a code that was mailed, in the caller's words. */
  detail: string | null;
  /** Whether they want a code mailed to the address instead. */
  mailCode?: boolean;
}

export type LookUp =
  | { kind: 'found'; appointments: KnownAppointment[] }
  | { kind: 'question'; question: string }
  | { kind: 'not-found'; message: string };

/** What an {@link AppointmentFinder} remembers of its call, as JSON. */
export interface FinderState {
  guesses: number;
  /** ISO. */
  day: string | null;
  mailed: string[];
}

/**
 * Finds appointments of a caller who has proved to be their owner; how, and what it withstands, is
 * said at {@link GUESSES}. A caller who proves nothing hears the same, whether there is an
 * appointment or not.
 */
export class AppointmentFinder {
  readonly #context: LookUpContext;
  #guesses = 0;
  /** An instant of the day that the caller named last, while the time of day is missing. */
  #day: Date | null = null;
  /** Addresses that a code was asked for in this call. */
  readonly #mailed = new Set<string>();

  constructor(context: LookUpContext) {
    this.#context = context;
  }

  /** All that it remembers, to be kept between two requests of one call. */
  get state(): FinderState {
    const day = this.#day?.toISOString() ?? null;
    return { guesses: this.#guesses, day, mailed: [...this.#mailed] };
  }

  /** Goes on from what was kept. */
  restore({ guesses, day, mailed }: FinderState): void {
    this.#guesses = guesses;
    this.#day = day === null ? null : new Date(day);
    for (const email of mailed) this.#mailed.add(email);
  }

  /**
   * Throws what the calendar throws.
   * @throws {BookingError} `too-many-look-ups`, `not-english`
   */
  async find(statement: CallerStatement): Promise<LookUp> {
    const said = statement.detail?.trim() ?? '';
    const email = EmailAddressSchema.safeParse(statement.email).data;
    const ofNumber = email !== undefined && said !== '' ? [] : await this.#ofNumber();
    const owned = ownedByNumber(ofNumber);
    if (owned.length > 0) return this.#found(owned);
    if (email === undefined && ofNumber.length === 0) {
      return ask(this.#sentences.whichAddress);
    }
    if (email !== undefined && statement.mailCode) return this.#mailCode(email);
    if (said === '') return ask(this.#sentences.whichDay);
    refuseForeignWords(said, 'detail');
    const code = email !== undefined && this.#mailed.has(email) ? readCode(said) : undefined;
    if (email !== undefined && code !== undefined) return this.#tryCode(email, code);
    const detail = this.#readDetail(said);
    if (detail.kind === 'question') return ask(detail.question);
    return email === undefined
      ? this.#guess(null, detail, () => Promise.resolve(ofNumber))
      : this.#guess(email, detail, () => findByEmail(email, this.#context));
  }

  async #ofNumber(): Promise<Upcoming[]> {
    const { callerNumber } = this.#context;
    return callerNumber === null ? [] : findByNumber(callerNumber, this.#context);
  }

  #readDetail(said: string): Detail {
    const { language, now, timeZone } = this.#context;
    const previous = this.#day ? { previous: this.#day } : {};
    const detail = readDetail(said, { now: now(), timeZone, ...previous }, language);
    if (detail.kind === 'question') this.#day = detail.day ?? this.#day;
    return detail;
  }

  async #mailCode(email: string): Promise<LookUp> {
    if (!(await canMailCode(this.#context))) return ask(this.#sentences.codeNotMailed);
    // One mail a call and address; the second request gets the same answer.
    if (!this.#mailed.has(email)) await mailCode(email, this.#context);
    this.#mailed.add(email);
    return ask(this.#sentences.codeMailed);
  }

  async #tryCode(email: string, code: string): Promise<LookUp> {
    this.#countGuess();
    if (!(await isMailedCode(email, code, this.#context))) {
      return { kind: 'not-found', message: this.#sentences.notFound };
    }
    return this.#found(await findByEmail(email, this.#context));
  }

  /** @param email null where the number of the line stands for it */
  async #guess(
    email: string | null,
    detail: Exclude<Detail, { kind: 'question' }>,
    search: () => Promise<Upcoming[]>,
  ): Promise<LookUp> {
    const { db, organizationId, callId, callerNumber, visitor } = this.#context;
    this.#countGuess();
    const caller = callerNumber ?? visitor ?? null;
    // Written before anything is looked up: guesses at the same time count each other.
    const noted = await noteGuess(db, { organizationId, callId, caller, email });
    const proved = isOverLimit(noted)
      ? []
      : (await search()).filter(({ booking }) => isProvedBy(booking, detail));
    if (proved.length === 0) return this.#notFound(email);
    await noteProof(db, noted.id);
    return this.#found(proved);
  }

  async #notFound(email: string | null): Promise<LookUp> {
    const canMail = email !== null && (await canMailCode(this.#context));
    const { notFound, offerCode } = this.#sentences;
    return { kind: 'not-found', message: canMail ? `${notFound} ${offerCode}` : notFound };
  }

  #countGuess(): void {
    this.#guesses += 1;
    if (this.#guesses <= GUESSES.inCall) return;
    throw new BookingError('too-many-look-ups', this.#sentences.noMoreLookUps);
  }

  async #found(upcoming: readonly Upcoming[]): Promise<LookUp> {
    if (upcoming.length === 0) return { kind: 'not-found', message: this.#sentences.notFound };
    return { kind: 'found', appointments: await Promise.all(upcoming.map(toKnown)) };
  }

  get #sentences(): Sentences['appointments'] {
    return this.#context.language.sentences.appointments;
  }
}

function isOverLimit({ ofCallerToday, ofEmailToday, ofEmailThisWeek }: WrongGuesses): boolean {
  return (
    ofCallerToday >= GUESSES.ofCallerToday ||
    ofEmailToday >= GUESSES.ofEmailToday ||
    ofEmailThisWeek >= GUESSES.ofEmailThisWeek
  );
}

/**
 * What a number proves by itself: all that one person made with it, first of those who booked from
 * that very line. A number that several people use, as of a switchboard or a family, proves nothing
 * alone.
 */
function ownedByNumber(ofNumber: readonly Upcoming[]): Upcoming[] {
  const fromLine = ofNumber.filter((upcoming) => upcoming.fromLine);
  const counted = fromLine.length > 0 ? fromLine : ofNumber;
  const [first] = counted;
  if (!first || countPeople(counted) > 1) return [];
  return ofNumber.filter((upcoming) => areForSamePerson(upcoming, first));
}

function ask(question: string): LookUp {
  return { kind: 'question', question };
}
