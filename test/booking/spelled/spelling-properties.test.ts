import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexiconOf } from '../../../booking/spelled/lexicon.ts';
import { readSpelledEmail } from '../../../booking/spelled/read-email.ts';
import { readSpelledName } from '../../../booking/spelled/read-name.ts';
import { readSpelledNumber } from '../../../booking/spelled/read-number.ts';
import type { Reading } from '../../../booking/spelled/reading.ts';
import { describeReading, readSpellings } from './spelling-table.ts';

const ENGLISH = lexiconOf('en');
const READERS = [readSpelledEmail, readSpelledName, readSpelledNumber];
const NATO =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu'.split(
    ' ',
  );
const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SIGNS: Record<string, string[]> = {
  '.': ['dot', 'point', 'period', 'full stop'],
  '-': ['dash', 'hyphen', 'minus'],
  _: ['underscore', 'under score'],
  '+': ['plus'],
  "'": ['apostrophe'],
};
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

/** What somebody may say who spells, with the letters that each word stands for beside its own. */
const SAID: readonly (readonly [words: string, gives: string])[] = [
  ...LETTERS.map((letter) => [letter, letter === 'o' ? '0' : ''] as const),
  ...NATO.map((word) => [word, ''] as const),
  ...DIGITS.map((word, digit) => [word, String(digit)] as const),
  ...TENS.map((word, index) => [word, `${index + 2}0`] as const),
  ...Object.entries(SIGNS).flatMap(([sign, words]) => words.map((word) => [word, sign] as const)),
  ['at', '@'],
  ['at the rate', '@'],
  ['double u', 'w'],
  ['zed', ''],
  ['why', ''],
  ['are', ''],
  ['bee', ''],
  ['oh', '0'],
  ['hundred', '100'],
  ['thousand', '1000'],
  ['as in', ''],
  ['for', ''],
  ['capital', ''],
  ['no', ''],
  ['sorry', ''],
  ['i mean', ''],
  ['with a', ''],
  ['without an', ''],
  ['spelled', ''],
  ["that's", ''],
  ['um', ''],
  ['one word', ''],
  ['all lower case', ''],
  ["it's", ''],
  ['my email is', ''],
  ['please', ''],
  ['space', ''],
  ['slash', ''],
  ['umlaut', 'äëïöüÿ'],
  ['with an accent', 'áàéèíìóòúù'],
  ['john', ''],
  ['smith', ''],
  ['example', ''],
  ['com', ''],
  ['clinic', ''],
  [',', ''],
  ['m-a-r-y', ''],
  ['twenty-three', '23'],
  ['two sevens', '77'],
  ['no, mary dot', '.'],
];

const speech = fc.array(fc.constantFrom(...SAID), { minLength: 1, maxLength: 24 });

function readingsOf(reading: Reading): readonly string[] {
  if (reading.kind === 'read') return [reading.written];
  // A single reading to choose is a common domain that is offered.
  return reading.kind === 'choice' && reading.readings.length > 1 ? reading.readings : [];
}

function countOf(text: string, character: string): number {
  return text.toLowerCase().split(character).length - 1;
}

describe('whatever is said', () => {
  const noise = fc.array(
    fc.oneof(
      fc.constantFrom(...SAID).map(([words]) => words),
      fc.constantFrom(
        'double',
        'triple',
        '@',
        '.',
        '-',
        '_',
        "'",
        '…',
        '(',
        ')',
        '”',
        '\u200d',
        'ß',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 60 },
  );

  it.each(['en', 'de', 'es', 'fr', 'it', 'pt'])(
    'has an answer and no exception (%s)',
    (language) => {
      const lexicon = lexiconOf(language);
      fc.assert(
        fc.property(noise, fc.constantFrom(' ', ', ', ''), (words, gap) => {
          for (const read of READERS) expect(read(words.join(gap), lexicon).kind).toBeTruthy();
        }),
        { numRuns: 400 },
      );
    },
  );

  it('gives no letter, digit or sign that no word stands for', () => {
    fc.assert(
      fc.property(speech, (said) => {
        const text = said.map(([words]) => words).join(' ');
        const source = said.map(([words, gives]) => words + gives).join(' ');
        for (const read of READERS) {
          const invented = readingsOf(read(text, ENGLISH)).filter((written) =>
            Array.from(written.toLowerCase().replaceAll(/[\s.-]/g, '')).some(
              (character) => countOf(source, character) < countOf(written, character),
            ),
          );
          expect({ text, invented }).toEqual({ text, invented: [] });
        }
      }),
      { numRuns: 4_000 },
    );
  });

  it('is read alike in capitals and small letters', () => {
    const spellings = ['addresses', 'numbers'].flatMap((what) =>
      readSpellings(`english-${what}.txt`),
    );
    fc.assert(
      fc.property(fc.constantFrom(...spellings), ({ said }) => {
        const [small, large] = [said.toLowerCase(), said.toUpperCase()].map((text) =>
          readingsOf(readSpelledEmail(text, ENGLISH)),
        );
        expect(large).toEqual(small);
      }),
    );
  });
});

describe('an address of random letters', () => {
  const letter = fc.constantFrom(...LETTERS);
  const digit = fc.constantFrom(...'0123456789'.split(''));
  const label = fc.string({ unit: letter, minLength: 4, maxLength: 9 });
  const local = fc.tuple(
    label,
    fc.option(fc.tuple(fc.constantFrom('.', '_', '-', '+'), label), { nil: null }),
    fc.string({ unit: digit, maxLength: 4 }),
  );
  const styles = fc.record({
    letter: fc.constantFrom('letters', 'capitals', 'nato', 'as in', 'for', 'commas', 'hyphens'),
    domain: fc.constantFrom('letters', 'capitals', 'nato', 'as in', 'word'),
    doubles: fc.boolean(),
    names: fc.boolean(),
    tens: fc.boolean(),
    sign: fc.nat(3),
    at: fc.constantFrom('at', 'at the rate', 'at sign', '@', 'at the rate of'),
    opener: fc.constantFrom('', "it's ", 'my email is ', 'yes, my e-mail address is ', 'um, '),
    ending: fc.constantFrom('', ', please', " that's it", ', all lower case', ', thank you'),
  });

  it('comes back as it is, however it is spelled', () => {
    fc.assert(
      fc.property(local, label, styles, ([first, second, digits], domain, style) => {
        const sign = second?.[0] ?? '';
        const signs = SIGNS[sign] ?? [''];
        const said = [
          `${style.opener}${spell(first, style.letter, style)}`,
          ...(second
            ? [signs[style.sign % signs.length], spell(second[1], style.letter, style)]
            : []),
          sayDigits(digits, style),
          style.at,
          spell(domain, style.domain, style),
          `dot com${style.ending}`,
        ].join(' ');
        const address = `${first}${sign}${second?.[1] ?? ''}${digits}@${domain}.com`;
        const reading = readSpelledEmail(said, ENGLISH);
        // "A double n double u": two u or a w, and the caller is asked.
        // "At five dot com": the word or the digit.
        const isAsked =
          /double [^u].*double u|double u.*double [^u]/.test(said) ||
          [...DIGITS, ...TENS].includes(domain);
        const isQuestion = isAsked && /^[?!]/.test(describeReading(reading));
        const expected = isQuestion ? reading : { kind: 'read', written: address };
        expect({ said, reading }).toEqual({ said, reading: expected });
      }),
      { numRuns: 3_000 },
    );
  });

  interface Style {
    doubles: boolean;
    names: boolean;
    tens: boolean;
  }

  function spell(text: string, way: string, style: Style): string {
    if (way === 'word') return text;
    if (way === 'hyphens') return text.split('').join('-');
    const said: string[] = [];
    for (let index = 0; index < text.length; index++) {
      const character = text.charAt(index);
      const isDoubled =
        style.doubles && character !== 'u' && character === text[index + 1] && way !== 'nato';
      if (isDoubled) index++;
      said.push(`${isDoubled ? 'double ' : ''}${nameOf(character, way, style)}`);
    }
    return said.join(way === 'commas' ? ', ' : ' ');
  }

  function nameOf(character: string, way: string, { names }: Style): string {
    const word = NATO[LETTERS.indexOf(character)] ?? '';
    const name = names ? ({ w: 'double u', z: 'zed' }[character] ?? character) : character;
    if (way === 'nato') return word;
    if (way === 'capitals') return name.length > 1 ? name : character.toUpperCase();
    if (way === 'as in' || way === 'for') return `${name} ${way} ${word}`;
    return name;
  }

  function sayDigits(digits: string, { tens }: Style): string {
    const pairs = tens ? /[2-9][1-9]|\d/g : /\d/g;
    return (digits.match(pairs) ?? [])
      .map((pair) =>
        pair.length === 2
          ? `${TENS[Number(pair.charAt(0)) - 2]} ${DIGITS[Number(pair.charAt(1))]}`
          : `${DIGITS[Number(pair)]}`,
      )
      .join(' ');
  }
});

describe('what is spelled without end', () => {
  const TIMES = 8;
  const ENDLESS = [
    'm ',
    'mike ',
    'm as in mike ',
    'double n ',
    'at ',
    'at the rate ',
    'M-A-R-Y ',
    '@ ',
    'm no ',
    'no m ',
    'sorry smith ',
    'dot ',
    'oh ',
    'seven ',
    'twenty three ',
    'with a y ',
    'smith with a y ',
    'my ',
    'please ',
    'mary m a r y ',
    'hundred ',
    'umlaut ',
    'm capital ',
    'capital m ',
    'double double ',
    'a for a ',
    'first name m ',
    'a as ',
    'double ',
    'two sevens ',
    'a dot b, no, ',
    'dot co uk ',
    "that's ",
    '- ',
    ', ',
  ];

  // A machine that does much else may fail a measurement, and not three of them.
  it.each(ENDLESS)('is read in time that grows as its length: %s', { retry: 2 }, (words) => {
    const short = words.repeat(600 / words.length);
    const long = short.repeat(TIMES);
    let [inParts, atOnce] = [Infinity, Infinity];
    for (let run = 0; run < 100 && (run < 3 || atOnce > 2 * inParts); run++) {
      inParts = Math.min(inParts, timeOf(Array.from({ length: TIMES }, () => short)));
      atOnce = Math.min(atOnce, timeOf([long]));
    }
    // About 1 where it is linear, and 8 where it is quadratic.
    expect(atOnce / inParts).toBeLessThan(4);
  });

  it('is left, where nobody would spell so much', () => {
    const endless = 'm as in mike '.repeat(8_000);
    for (const read of READERS) expect(read(endless, ENGLISH).kind).toBe('as-given');
  });

  function timeOf(texts: readonly string[]): number {
    const before = performance.now();
    for (const text of texts) for (const read of READERS) read(text, ENGLISH);
    return performance.now() - before;
  }
});
