const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ' twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );

/** 0 to 99 in words; numbers beyond stay digits. */
export function numberWords(value: number): string {
  if (value < 20) return ONES[value] ?? String(value);
  const tens = TENS[Math.floor(value / 10) - 1];
  if (tens === undefined) return String(value);
  return value % 10 === 0 ? tens : `${tens} ${ONES[value % 10]}`;
}

/** 1 to 39 as an ordinal in words: 24 is "twenty fourth". */
export function ordinalWords(value: number): string {
  if (value < 20) return ORDINALS[value] ?? String(value);
  if (value === 20) return 'twentieth';
  if (value === 30) return 'thirtieth';
  return `${value < 30 ? 'twenty' : 'thirty'} ${ORDINALS[value % 10]}`;
}

/** Reads a number of 0 to 99 from words or digits ("thirty five", "oh five", "35"); null when it is none. */
export function readNumber(words: readonly string[]): number | null {
  const text = words.join(' ');
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const oh = /^(?:oh|o|zero) (\w+)$/.exec(text);
  if (oh?.[1] !== undefined) {
    const minute = ONES.indexOf(oh[1]);
    return minute > 0 && minute < 10 ? minute : null;
  }
  for (let value = 0; value < 100; value++) if (numberWords(value) === text) return value;
  return null;
}
