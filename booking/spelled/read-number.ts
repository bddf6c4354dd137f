import { withPlainDigits } from '../../runtime/given/decimal-digits.ts';
import { readAtoms } from './read-atoms.ts';
import { correct } from './corrections.ts';
import { introductionLength, toWords, withoutEnding } from './frame.ts';
import type { Lexicon } from './lexicon.ts';
import { LONGEST_SPELLING, toReading } from './reading.ts';
import type { Reading } from './reading.ts';
import { spellings, toSegments } from './segments.ts';
import type { Segment } from './segments.ts';

/** As it is written: the reader of phone numbers takes it from here. */
const WRITTEN = /^[+\d\s().\-/]*$/;

/**
 * Writes a number that was said as digits: "plus four nine, one five one, double three …", "oh twenty
 * seven". What is more than a number stays as it is.
 */
export function readSpelledNumber(text: string, lexicon: Lexicon): Reading {
  const given = withPlainDigits(text.trim());
  const asGiven: Reading = { kind: 'as-given', written: given };
  if (given.length > LONGEST_SPELLING || WRITTEN.test(given)) return asGiven;
  const dialled = /^\s*(?:plus\b|\+)/.test(given) ? given.replaceAll('(0)', ' ') : given;
  // "Two one two 5:55 …": recognisers make one hour of digits.
  const isClock = dialled.match(/\d:\d\d/g)?.length === 1;
  const parted = (isClock ? dialled.replace(':', ' ') : dialled)
    .replaceAll(/\+(?=\d)/g, '+ ')
    .replaceAll(/(?<=\d)[-./()]+(?=\d)/g, ' ');
  const words = withoutEnding(toWords(parted, lexicon), lexicon);
  const start = introductionLength(words, lexicon);
  const numbers = new Set<string>();
  const doubtful = new Set<string>();
  for (const atoms of correct(readAtoms(words.slice(start), lexicon, { names: false }))) {
    const segments = toSegments(atoms, { names: false }).map((segment) =>
      toDigits(segment, lexicon),
    );
    if (segments.some((segment) => segment === null)) return asGiven;
    const known = segments.filter((segment) => segment !== null);
    for (const { texts, said } of known) if (texts.length > 1) doubtful.add(said);
    const isNumber = isClock ? /^\+?\d{7,}$/ : /^\+?\d+$/;
    for (const number of spellings(known) ?? []) if (isNumber.test(number)) numbers.add(number);
  }
  return toReading([...numbers], [...doubtful]) ?? asGiven;
}

/** Digits, or nothing for what only parts them; null for what is of no number. */
function toDigits(segment: Segment, lexicon: Lexicon): Segment | null {
  const [text = ''] = segment.texts;
  switch (segment.kind) {
    case 'number':
      // "O" is a nought here.
      return {
        ...segment,
        texts: [...new Set(segment.texts.map((one) => one.replaceAll('o', '0')))],
      };
    case 'letters':
      return isNoughts(segment, lexicon)
        ? { ...segment, texts: [text.replaceAll('o', '0')] }
        : null;
    case 'word':
      return /^oh$/i.test(text) ? { ...segment, texts: ['0'] } : null;
    case 'sign':
      if (text === '+') return segment;
      return text === '-' || text === '.' ? { ...segment, texts: [''] } : null;
    case 'break':
      return segment;
    case 'spelling':
    case 'with':
    case 'unclear':
      return null;
  }
}

/** "O", "oh" and "double o"; Oscar is no nought. */
function isNoughts({ texts, said }: Segment, lexicon: Lexicon): boolean {
  const isSaid = toWords(said, lexicon).every(
    (word) => /^oh?$/.test(word.key) || lexicon.repeats.at([word], 0) !== undefined,
  );
  return isSaid && /^o+$/.test(texts[0] ?? '');
}
