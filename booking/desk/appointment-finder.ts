import { noteGuess, noteProof } from '../../db/calls/caller-guesses.ts';
import type { WrongGuesses } from '../../db/calls/caller-guesses.ts';
import { EmailAddressSchema } from '../../runtime/given/email-address.ts';
import { BookingError } from '../booking-error.ts';
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

const NOT_FOUND = 'I cannot find an appointment with these details.';
const OFFER = 'If you like, I can mail a code to that address, and you tell me what it is.';
const MAILED =
  'If an appointment was made with that address, a code of six digits is on its way to it. What is the code?';
const NOT_MAILED = 'I cannot mail a code at the moment. On which day is it, and at what time?';

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

  /**
   * Throws what the calendar throws.
   * @throws {BookingError} `too-many-look-ups`, `not-english`
   */
  async find(statement: CallerStatement): Promise<LookUp> {
    const said = statement.detail?.trim() ?? '';
    const email = EmailAddressSchema.safeParse(statement.email).data;
    const ofNumber = email !== undefined && said !== '' ? [] : await this.#ofNumber();
    const owned = ownedByNumber(ofNumber);
    if (owned.length > 0) return found(owned);
    if (email === undefined && ofNumber.length === 0) {
      return ask('Which e-mail address was the appointment made with?');
    }
    if (email !== undefined && statement.mailCode) return this.#mailCode(email);
    if (said === '') return ask('And on which day is the appointment, and at what time?');
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
    const { now, timeZone } = this.#context;
    const previous = this.#day ? { previous: this.#day } : {};
    const detail = readDetail(said, { now: now(), timeZone, ...previous });
    if (detail.kind === 'question') this.#day = detail.day ?? this.#day;
    return detail;
  }

  async #mailCode(email: string): Promise<LookUp> {
    if (!(await canMailCode(this.#context))) return ask(NOT_MAILED);
    // One mail a call and address; the second request gets the same answer.
    if (!this.#mailed.has(email)) await mailCode(email, this.#context);
    this.#mailed.add(email);
    return ask(MAILED);
  }

  async #tryCode(email: string, code: string): Promise<LookUp> {
    this.#countGuess();
    if (!(await isMailedCode(email, code, this.#context))) {
      return { kind: 'not-found', message: NOT_FOUND };
    }
    return found(await findByEmail(email, this.#context));
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
    return found(proved);
  }

  async #notFound(email: string | null): Promise<LookUp> {
    const canMail = email !== null && (await canMailCode(this.#context));
    return { kind: 'not-found', message: canMail ? `${NOT_FOUND} ${OFFER}` : NOT_FOUND };
  }

  #countGuess(): void {
    this.#guesses += 1;
    if (this.#guesses <= GUESSES.inCall) return;
    const message = 'No more appointments can be looked up in this call.';
    throw new BookingError('too-many-look-ups', message);
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

async function found(upcoming: readonly Upcoming[]): Promise<LookUp> {
  if (upcoming.length === 0) return { kind: 'not-found', message: NOT_FOUND };
  return { kind: 'found', appointments: await Promise.all(upcoming.map(toKnown)) };
}
