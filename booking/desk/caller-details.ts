import type { z } from 'zod';
import type { CallerDetail } from '../../calls/call-view.ts';
import { EmailAddressSchema } from '../../runtime/given/email-address.ts';
import { PersonNameSchema } from '../../runtime/given/person-name.ts';
import { PhoneNumberSchema } from '../../runtime/given/phone-number.ts';
import { likelyAddress } from '../spelled/common-domains.ts';

type Field = CallerDetail['field'];
type Known = Omit<CallerDetail, 'field'> & { value: string };
/** What was given of each field; what is missing or null was not. */
export type GivenDetails = { [field in Field]?: string | null | undefined };

const SCHEMAS: Record<Field, z.ZodType<string, string>> = {
  name: PersonNameSchema,
  email: EmailAddressSchema,
  phone: PhoneNumberSchema,
};
const FIELDS = Object.keys(SCHEMAS) as Field[];

/** What {@link CallerDetails} know, as JSON. */
export type DetailsState = [Field, Known][];

/**
 * Who the caller is, as one call knows it, whether they said it or typed it on the page. What came
 * last counts.
 */
export class CallerDetails {
  readonly #known = new Map<Field, Known>();

  /** All of it, to be kept between two requests of one call. */
  get state(): DetailsState {
    return [...this.#known];
  }

  /** Goes on from what was kept. */
  restore(state: DetailsState): void {
    for (const [field, known] of state) this.#known.set(field, known);
  }

  /** What the caller is understood to have said. What nobody could be reached by is no detail. */
  hear(given: GivenDetails): void {
    for (const [field, text] of entriesOf(given)) {
      const value = SCHEMAS[field].safeParse(text).data;
      if (value === undefined || this.#known.get(field)?.value === value) continue;
      this.#known.set(field, { value, state: 'heard', likely: likelyOf(field, value) });
    }
  }

  /** What was read back to the caller, who said yes to it. */
  confirm(given: GivenDetails): void {
    this.hear(given);
    for (const [field] of entriesOf(given)) {
      const known = this.#known.get(field);
      if (known?.state === 'heard')
        this.#known.set(field, { ...known, state: 'confirmed', likely: null });
    }
  }

  /**
   * What the caller typed: all of it or, where something cannot be right, nothing. An address that
   * looks like a slip is meant so when it is typed again.
   *
   * @returns what is new of it, and what each field that is refused must be
   */
  type(given: GivenDetails): { news: GivenDetails; problems: Partial<Record<Field, string>> } {
    const read = entriesOf(given).map(([field, text]) => ({
      field,
      parsed: SCHEMAS[field].safeParse(text),
    }));
    const problems: Partial<Record<Field, string>> = {};
    const news: GivenDetails = {};
    for (const { field, parsed } of read) {
      if (!parsed.success)
        problems[field] = `It ${parsed.error.issues[0]?.message ?? 'cannot be right'}.`;
    }
    if (Object.keys(problems).length > 0) return { news, problems };
    for (const { field, parsed } of read) {
      const value = parsed.data ?? '';
      const before = this.#known.get(field);
      const isAgain = before?.state === 'typed' && before.value === value;
      if (isAgain && before.likely === null) continue;
      const likely = isAgain ? null : likelyOf(field, value);
      this.#known.set(field, { value, state: 'typed', likely });
      news[field] = value;
    }
    return { news, problems };
  }

  /** Whether somebody who sees this sees all that is known, and nothing else. */
  areAll(shown: GivenDetails): boolean {
    const texts = new Map(entriesOf(shown));
    return FIELDS.every((field) => {
      const text = texts.get(field) ?? null;
      const value = text === null ? null : (SCHEMAS[field].safeParse(text).data ?? text);
      return value === (this.#known.get(field)?.value ?? null);
    });
  }

  /** What the caller typed and is sure of. */
  get typed(): Record<Field, string | null> {
    const of = (field: Field): string | null => {
      const known = this.#known.get(field);
      return known?.state === 'typed' && known.likely === null ? known.value : null;
    };
    return { name: of('name'), email: of('email'), phone: of('phone') };
  }

  /** As a page shows it: what is known, and the fields of it that are asked for. */
  view(asked: readonly Field[]): CallerDetail[] {
    return FIELDS.filter((field) => asked.includes(field) || this.#known.has(field)).map(
      (field) => ({
        field,
        ...(this.#known.get(field) ?? { value: null, state: null, likely: null }),
      }),
    );
  }
}

function entriesOf(given: GivenDetails): [Field, string][] {
  return FIELDS.flatMap((field): [Field, string][] => {
    const text = given[field]?.trim() ?? '';
    return text === '' ? [] : [[field, text]];
  });
}

function likelyOf(field: Field, value: string): string | null {
  return field === 'email' ? likelyAddress(value) : null;
}
