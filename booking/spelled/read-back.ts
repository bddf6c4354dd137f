import { EmailAddressSchema, sayEmailAddress } from '../../runtime/given/email-address.ts';
import { PersonNameSchema } from '../../runtime/given/person-name.ts';
import { likelyAddress } from './common-domains.ts';
import { allOf } from '../languages/sentences/sentences-in.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import { lexiconOf } from './lexicon.ts';
import { readSpelledEmail } from './read-email.ts';
import { readSpelledName } from './read-name.ts';
import { readSpelledNumber } from './read-number.ts';
import { writtenOf } from './written-of.ts';

/** Who a booking is for, in letters and words as they were given or as they are written. */
export interface SpokenDetails {
  name: string;
  email: string | null;
  phone: string | null;
}

/** What a caller wrote themselves; null of what they did not. */
export type TypedDetails = Record<keyof SpokenDetails, string | null>;

const NOTHING_TYPED: TypedDetails = { name: null, email: null, phone: null };

type NameAndEmail = Omit<SpokenDetails, 'phone'>;

/** Nothing is booked: the caller shall hear first what was made of a spelling. */
export interface ReadBackAnswer {
  status: 'read_back';
  message: string;
  name: string;
  email: string | null;
  /** Only where it was said in words. */
  phone?: string;
  /** The address with a domain that many people have, where the given one is nearly that. */
  did_you_mean?: string;
}

/** What was read back in a call and said yes to, as JSON. */
export interface ReadBackState {
  contact: AskedState<NameAndEmail>;
  phone: AskedState<string>;
}

/**
 * Keeps what was spelled from being booked before the caller has heard it as it is written, and said
 * yes. An address whose domain looks like a slip ("gmail.con") is read back as well, with what was
 * probably meant; a caller who insists has the one they gave. One a call: it remembers what was read
 * back.
 */
export class ReadBack {
  readonly #language: SpokenLanguage;
  readonly #contact = new Asked<NameAndEmail>(isSameContact);
  readonly #phone = new Asked<string>((one, other) => one === other);

  /** @param language what callers spell in, and hear */
  constructor(language: SpokenLanguage) {
    this.#language = language;
  }

  /** All that it remembers, to be kept between two requests of one call. */
  get state(): ReadBackState {
    return { contact: this.#contact.state, phone: this.#phone.state };
  }

  /** Goes on from what was kept. */
  restore({ contact, phone }: ReadBackState): void {
    this.#contact.restore(contact);
    this.#phone.restore(phone);
  }

  /**
   * @param isConfirmed whether the caller said yes to what was read back last
   * @param typed what the caller wrote themselves and is sure of: it is right as it stands, and what
   *   differs from it is read back
   * @returns the details as they are written, or what to read back
   * @throws {BookingError} `attendee-refused`, naming the readings or the words that cannot be read
   */
  check(
    given: SpokenDetails,
    isConfirmed: boolean,
    typed: TypedDetails = NOTHING_TYPED,
  ): { written: SpokenDetails } | ReadBackAnswer {
    const lexicon = lexiconOf(this.#language.now);
    const asTyped = {
      name: isSameText(given.name, typed.name),
      email: isSameText(given.email, typed.email),
      phone: isSameText(given.phone, typed.phone),
    };
    const name =
      typed.name !== null && asTyped.name
        ? typed.name
        : writtenOf(readSpelledName(given.name, lexicon), 'name');
    const email = asTyped.email
      ? typed.email
      : given.email && writtenOf(readSpelledEmail(given.email, lexicon), 'e-mail address');
    const phone = asTyped.phone
      ? typed.phone
      : given.phone && writtenOf(readSpelledNumber(given.phone, lexicon), 'phone number');
    const likely = email === null || asTyped.email ? null : likelyAddress(email);
    const isContactGiven =
      likely === null &&
      (typed.name === null ? name === given.name.trim() : asTyped.name) &&
      (typed.email === null ? email === trim(given.email) : asTyped.email);
    const isPhoneGiven = typed.phone === null ? phone === trim(given.phone) : asTyped.phone;
    const isContactTyped = asTyped.name && (email === null || asTyped.email);
    const isContactSure =
      this.#contact.check({ name, email }, isContactGiven, isConfirmed) || isContactTyped;
    const isPhoneSure =
      phone === null || this.#phone.check(phone, isPhoneGiven, isConfirmed) || asTyped.phone;
    const written = { name, email, phone };
    if ((isContactSure && isPhoneSure) || !canBe(written)) return { written };
    if (!isContactSure) this.#contact.ask({ name, email });
    if (!isPhoneSure) this.#phone.ask(phone);
    return toAnswer(written, isPhoneGiven, likely, this.#language);
  }
}

interface AskedState<Detail> {
  asked: Detail | null;
  confirmed: Detail | null;
}

/** What was read back, and what the caller said yes to. */
class Asked<Detail> {
  readonly #isSame: (one: Detail, other: Detail) => boolean;
  #asked: Detail | null = null;
  #confirmed: Detail | null = null;

  constructor(isSame: (one: Detail, other: Detail) => boolean) {
    this.#isSame = isSame;
  }

  get state(): AskedState<Detail> {
    return { asked: this.#asked, confirmed: this.#confirmed };
  }

  restore({ asked, confirmed }: AskedState<Detail>): void {
    this.#asked = asked;
    this.#confirmed = confirmed;
  }

  ask(detail: Detail): void {
    this.#asked = detail;
  }

  /** Whether it can be used: said yes to, or given as it is written and never asked about. */
  check(detail: Detail, isGiven: boolean, isConfirmed: boolean): boolean {
    const isAsked = this.#asked !== null && this.#isSame(this.#asked, detail);
    if (isAsked && isConfirmed) this.#confirmed = detail;
    const isSaidYesTo = this.#confirmed !== null && this.#isSame(this.#confirmed, detail);
    return isSaidYesTo || (isGiven && !isAsked);
  }
}

function toAnswer(
  { name, email, phone }: SpokenDetails,
  isPhoneAsGiven: boolean,
  likely: string | null,
  { now, sentences }: SpokenLanguage,
): ReadBackAnswer {
  const { heard } = sentences;
  const said = email === null ? null : sayEmailAddress(email);
  const number = isPhoneAsGiven ? null : phone;
  const list = [name, said, number].filter((part) => part !== null);
  const question =
    likely === null || said === null
      ? heard.isThatRight
      : heard.didYouMean(sayEmailAddress(likely), said);
  return {
    status: 'read_back',
    message: `${heard.details(allOf(now, list))} ${question}`,
    name,
    email,
    ...(number === null ? {} : { phone: number }),
    ...(likely === null ? {} : { did_you_mean: likely }),
  };
}

/** What no calendar would take is refused by name, and not read back before. */
function canBe({ name, email }: SpokenDetails): boolean {
  return (
    PersonNameSchema.safeParse(name).success &&
    EmailAddressSchema.nullable().safeParse(email).success
  );
}

function isSameContact(one: NameAndEmail, other: NameAndEmail): boolean {
  return one.name === other.name && one.email?.toLowerCase() === other.email?.toLowerCase();
}

function isSameText(given: string | null, typed: string | null): boolean {
  return typed !== null && given?.trim().toLowerCase() === typed.toLowerCase();
}

function trim(text: string | null): string | null {
  return text?.trim() ?? null;
}
