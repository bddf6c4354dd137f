import { readAtoms } from './read-atoms.ts';
import { correct } from './corrections.ts';
import { introductionLength, toWords, withoutEnding } from './frame.ts';
import type { Lexicon } from './lexicon.ts';
import { withoutSpelledWords } from './own-spelling.ts';
import { LONGEST_SPELLING, toReading } from './reading.ts';
import type { Reading } from './reading.ts';
import { spellings, toSegments } from './segments.ts';
import type { Segment } from './segments.ts';
import { withLetters } from './with-letter.ts';

/** Fewer letters in a row may be initials: "J. R. Smith". */
const FEWEST_LETTERS = 4;
const JOINING = new Set(["'", '-', '.']);

/**
 * Writes a name that was spelled: "m a r y, s m i t h", "M-A-R-Y Smith", "Mary, m a r y", "smith with a
 * y". A word that is followed by its own spelling is written as it was spelled. Anything else stays.
 */
export function readSpelledName(text: string, lexicon: Lexicon): Reading {
  const given = text.trim();
  const asGiven: Reading = { kind: 'as-given', written: given };
  if (given.length > LONGEST_SPELLING) return asGiven;
  const words = toWords(given, lexicon);
  const start = introductionLength(words, lexicon);
  const names = new Set<string>();
  const doubtful = new Set<string>();
  const unclear = new Set<string>();
  const spelled = withoutEnding(words.slice(start), lexicon);
  const said = readAtoms(spelled, lexicon, { names: true });
  for (const atoms of correct(said)) {
    const found = toSegments(atoms, { names: true });
    const segments = withLetters(withoutSpelledWords(found));
    const isTaken = segments.length < found.length || atoms.length < spelled.length - 1;
    const isCorrected = atoms.length < said.length;
    if (!isCorrected && !isSpelled(segments, isTaken && found.some(isOfLetters))) {
      if (start > 0)
        names.add(
          words
            .slice(start)
            .map(({ said }) => said)
            .join(' '),
        );
      continue;
    }
    for (const [index, segment] of segments.entries()) {
      if (isUnclear(segments, index)) unclear.add(segment.said);
      if (segment.texts.length > 1) doubtful.add(segment.said);
    }
    const written = spellings(toParts(segments));
    if (written === undefined) return { kind: 'unclear', words: [...doubtful] };
    for (const name of written) if (name !== '') names.add(name);
  }
  if (unclear.size > 0) return { kind: 'unclear', words: [...unclear] };
  const reading = toReading([...names], [...doubtful]);
  return reading === undefined || (reading.kind === 'read' && reading.written === given)
    ? asGiven
    : reading;
}

function isOfLetters({ kind }: Segment): boolean {
  return kind === 'letters';
}

/** Whether something was spelled, and not only an initial said. */
function isSpelled(segments: readonly Segment[], isTaken: boolean): boolean {
  const isAlone = segments.length === 1;
  return segments.some((segment, index) => {
    const [text = ''] = segment.texts;
    if (segment.kind === 'with') return true;
    // "José with an accent": nobody is called so.
    if (segment.kind === 'unclear') return segment.isSure;
    // "First name john last name smith".
    if (segment.kind === 'break') return segment.said.includes(' ');
    if (segment.kind === 'word')
      return segment.isSure || (segment.texts.length > 1 && segment.said.includes(' '));
    if (segment.kind === 'sign') {
      return (
        JOINING.has(text) &&
        (isBesideLetters(segments, index) || (segment.isSure && segment.said.length > 1))
      );
    }
    if (segment.kind !== 'letters') return false;
    const length = text.length;
    return (
      segment.isSure ||
      length >= FEWEST_LETTERS ||
      (isAlone && length > 1) ||
      (isTaken && length > 1)
    );
  });
}

/** Signs of addresses, digits and the like, where letters were spelled. */
function isUnclear(segments: readonly Segment[], index: number): boolean {
  const segment = segments[index];
  if (segment?.kind === 'unclear' || segment?.kind === 'number') return true;
  const isSign = segment?.kind === 'sign' && !JOINING.has(segment.texts[0] ?? '');
  return isSign && isBesideLetters(segments, index);
}

function isBesideLetters(segments: readonly Segment[], index: number): boolean {
  return segments[index - 1]?.kind === 'letters' || segments[index + 1]?.kind === 'letters';
}

/** The parts of a name, with the spaces, hyphens and apostrophes between them. */
function toParts(segments: readonly Segment[]): { texts: readonly string[] }[] {
  const parts: { texts: readonly string[] }[] = [];
  let gap = '';
  for (const [index, segment] of segments.entries()) {
    const [text = ''] = segment.texts;
    if (segment.kind === 'break') {
      if (parts.length > 0) gap = ' ';
      continue;
    }
    const isJoint =
      segment.kind === 'sign' &&
      JOINING.has(text) &&
      (segment.isSure || isBesideLetters(segments, index));
    if (isJoint) {
      parts.push({ texts: [text] });
      gap = text === '.' ? ' ' : '';
      continue;
    }
    if (gap !== '') parts.push({ texts: [gap] });
    gap = ' ';
    parts.push({ texts: written(segment, segments[index + 1]) });
  }
  return parts;
}

function written({ kind, texts, said, isSure }: Segment, next: Segment | undefined): string[] {
  // "J R Smith, s m i t h".
  if (kind === 'letters' && !isSure && said.length < 4 && next?.kind === 'word') {
    return [said.toUpperCase()];
  }
  if (kind === 'sign' || kind === 'unclear' || kind === 'number') return [said];
  if (kind === 'word') return [...texts];
  return texts.map((text) => text.charAt(0).toUpperCase() + text.slice(1));
}
