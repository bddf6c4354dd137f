/**
 * A text whose digits are 0 to 9, whatever script they were written in: "٢٠٢" and "２０２" are "202".
 */
export function withPlainDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => String(valueOf(digit)));
}

/** The ten digits of a script stand beside each other, from its zero on (Unicode Standard, 4.6). */
function valueOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(point - before - 1))) before += 1;
  // Of mathematical digits several rows follow each other.
  return before % 10;
}
