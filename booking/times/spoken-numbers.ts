const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = { twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50 };
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const ORDINAL_TENS = { twentieth: 20, thirtieth: 30 };

const CARDINAL = new Map<string, number>([
  ...UNITS.map((word, value): [string, number] => [word, value]),
  ...Object.entries(TENS),
]);
const ORDINAL = new Map<string, number>([
  ...ORDINALS.map((word, value): [string, number] => [word, value]),
  ...Object.entries(ORDINAL_TENS),
]);

const MONTH_WORD = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/;

/** "one" is a pronoun more often than an hour: these neighbours make it a number. */
const BEFORE_ONE =
  /^(?:at|after|before|by|around|about|until|till|from|between|past|to|or|and|than|-|for|in|a|quarter|half|it|do|say|tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;
const AFTER_ONE =
  /^(?:oclock|am|pm|a|p|oh|o|hundred|days?|weeks?|months?|hours?|minutes?|thirty|fifteen|forty|fourty|ten|twenty|fifty|five)$/;

/**
 * Number words of a recogniser as digits: "november twenty fourth at two thirty p m" →
 * "november 24th at 2:30 p m", "twenty twenty six" → "2026", "nine oh five" → "9:05".
 * Words that are no numbers stay as they are.
 */
export function numbersAsDigits(words: readonly string[]): string[] {
  return joinClock(joinYears(joinTens(words)));
}

function ordinal(day: number): string {
  const suffix =
    day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
}

function joinTens(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    const cardinal = CARDINAL.get(word);
    const nth = ORDINAL.get(word);
    if (word === 'one' && !isNumberOne(words[at - 1] ?? '', next, words[at - 2] ?? '')) {
      joined.push(word);
    } else if (cardinal !== undefined && cardinal >= 20) {
      const unit = CARDINAL.get(next);
      const nthUnit = ORDINAL.get(next);
      const joinsYear = isYearStart(words, at);
      if (unit !== undefined && unit > 0 && unit < 10 && !joinsYear) {
        joined.push(String(cardinal + unit));
        at += 1;
      } else if (nthUnit !== undefined && nthUnit > 0 && nthUnit < 10) {
        joined.push(ordinal(cardinal + nthUnit));
        at += 1;
      } else {
        joined.push(String(cardinal));
      }
    } else if (cardinal !== undefined) {
      joined.push(String(cardinal));
    } else if (nth !== undefined && !(word === 'second' && isUnitOfTime(words[at - 1] ?? ''))) {
      joined.push(ordinal(nth));
    } else {
      joined.push(word);
    }
  }
  return joined;
}

function isNumberOne(before: string, after: string, ahead: string): boolean {
  // "The tuesday one", "the three o'clock one" name an appointment.
  if (/^(?:the|a|that|this|another)$/.test(ahead) && /(?:day|tomorrow)$/.test(before)) return false;
  if (after === 'of') return false;
  if (/^(?:the|that|this|which|any|another|second|last|first|third)$/.test(before)) return false;
  return (
    before === '' || BEFORE_ONE.test(before) || AFTER_ONE.test(after) || MONTH_WORD.test(before)
  );
}

function isUnitOfTime(before: string): boolean {
  return /^(?:a|one|per|just)$/.test(before) || CARDINAL.has(before);
}

/** "twenty four twenty": no; "twenty twenty": the first twenty starts a year. */
function isYearStart(words: readonly string[], at: number): boolean {
  return words[at] === 'twenty' && words[at + 1] === 'twenty';
}

function joinYears(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const before = words[at - 1] ?? '';
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (word === '2' && next === 'thousand') {
      const rest = words[at + 2] === 'and' ? at + 3 : at + 2;
      const unit = /^\d{1,2}$/.test(words[rest] ?? '') ? Number(words[rest]) : null;
      joined.push(String(2000 + (unit ?? 0)));
      at = unit === null ? at + 1 : rest;
    } else if (
      word === '20' &&
      /^(?:2[4-9]|[3-5]\d)$/.test(next) &&
      !/^(?:at|after|before|:)$/.test(before)
    ) {
      joined.push(`20${next}`);
      at += 1;
    } else {
      joined.push(word);
    }
  }
  return joined;
}

function joinClock(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    const afterNext = words[at + 2] ?? '';
    const isHour =
      /^\d{1,2}$/.test(word) && Number(word) < 24 && !MONTH_WORD.test(words[at - 1] ?? '');
    const isMinutes =
      /^[1-5]\d$/.test(next) && !/^(?:minutes?|mins?|hours?|days?|weeks?)$/.test(afterNext);
    if (isHour && isMinutes) {
      joined.push(`${word}:${next}`);
      at += 1;
    } else if (isHour && /^(?:oh|o|0)$/.test(next) && /^[1-9]$/.test(afterNext)) {
      joined.push(`${word}:0${afterNext}`);
      at += 2;
    } else if (isHour && next === 'hundred') {
      joined.push(`${word.padStart(2, '0')}:00`);
      at += afterNext === 'hours' ? 2 : 1;
    } else {
      joined.push(word);
    }
  }
  return joined;
}
