import { EmailAddressSchema, sayEmailAddress } from '../../runtime/email-address.ts';
import { PersonNameSchema } from '../../runtime/person-name.ts';
import { BookingError } from '../desk/booking-error.ts';
import { readSpelledEmail, readSpelledName } from './spelled-text.ts';

/** Who a booking is for, in letters and words as they were given or as they are written. */
export interface NameAndEmail {
  name: string;
  email: string | null;
}

/** Nothing is booked: the caller shall hear first what was made of a spelling. */
export interface ReadBackAnswer extends NameAndEmail {
  status: 'read_back';
  message: string;
}

/**
 * Keeps what was spelled from being booked before the caller has heard it as it is written, and said
 * yes. One a call: it remembers what was read back.
 */
export class ReadBack {
  #asked: NameAndEmail | null = null;
  #confirmed: NameAndEmail | null = null;

  /**
   * @param isConfirmed whether the caller said yes to what was read back last
   * @returns the details as they are written, or what to read back
   * @throws {BookingError} `attendee-refused`, naming words that can be read in two ways
   */
  check(given: NameAndEmail, isConfirmed: boolean): { written: NameAndEmail } | ReadBackAnswer {
    const name = readSpelledName(given.name);
    const email = given.email === null ? null : readSpelledEmail(given.email);
    refuseUnclear('name', name.unclear);
    refuseUnclear('e-mail address', email?.unclear ?? []);
    const written = { name: name.written, email: email?.written ?? null };
    const isAsGiven = name.written === given.name.trim() && written.email === trim(given.email);
    const isAsked = isSame(this.#asked, written);
    if (isAsked && isConfirmed) this.#confirmed = written;
    const isSure = isSame(this.#confirmed, written) || (isAsGiven && !isAsked);
    if (isSure || !canBe(written)) return { written };
    this.#asked = written;
    return toAnswer(written);
  }
}

function refuseUnclear(field: string, unclear: readonly string[]): void {
  if (unclear.length === 0) return;
  const words = new Intl.ListFormat('en').format(unclear.map((word) => `"${word}"`));
  throw new BookingError(
    'attendee-refused',
    `The ${field} cannot be written, because of ${words}. Please ask the caller to spell the ${field} again, letter by letter and digit by digit.`,
  );
}

function toAnswer({ name, email }: NameAndEmail): ReadBackAnswer {
  const contact = email === null ? '' : ` and ${sayEmailAddress(email)}`;
  return {
    status: 'read_back',
    message: `I have ${name}${contact}. Is that right?`,
    name,
    email,
  };
}

/** What no calendar would take is refused by name, and not read back before. */
function canBe({ name, email }: NameAndEmail): boolean {
  return (
    PersonNameSchema.safeParse(name).success &&
    EmailAddressSchema.nullable().safeParse(email).success
  );
}

function isSame(one: NameAndEmail | null, other: NameAndEmail): boolean {
  return one?.name === other.name && one.email?.toLowerCase() === other.email?.toLowerCase();
}

function trim(text: string | null): string | null {
  return text?.trim() ?? null;
}
