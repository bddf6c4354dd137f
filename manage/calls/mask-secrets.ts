const MASK = '••••';
/** Fields whose value nobody needs to read who looks after calls. */
const SECRET_FIELD =
  /(?:^|_)(?:password|passcode|pin|secret|token|api_?key|card(?:_number)?|cvc|cvv|iban|ssn)$/i;
/** Digits of a payment card, as they are written and read out. */
const CARD = /\b\d(?:[ -]?\d){12,18}\b/g;
const FEWEST_OF_CARD = 13;

/**
 * A value of JSON without what callers may have said as a secret: numbers of payment cards, and fields
 * that are named so. What they keyed in as one is kept out before it is written down.
 */
export function maskSecrets(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') return isCard(String(value)) ? MASK : value;
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      SECRET_FIELD.test(name) && part !== null ? MASK : maskSecrets(part),
    ]),
  );
}

/** The same of a text. */
export function maskText(text: string): string {
  return text.replaceAll(CARD, (written) => (isCard(written) ? MASK : written));
}

/** By the check digit of ISO/IEC 7812: telephone numbers and instants are seldom one. */
function isCard(written: string): boolean {
  const digits = Array.from(written.replaceAll(/\D/g, ''), Number);
  if (digits.length < FEWEST_OF_CARD) return false;
  const sum = digits
    .toReversed()
    .map((digit, at) => (at % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2))
    .reduce((all, part) => all + part, 0);
  return sum % 10 === 0;
}
