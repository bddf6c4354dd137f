import { isEmailAddress } from '../../runtime/given/email-address.ts';
import { readAtoms } from './read-atoms.ts';
import { likelyAddress } from './common-domains.ts';
import { correct } from './corrections.ts';
import { introductionLength, toWords, withoutEnding } from './frame.ts';
import type { Lexicon } from './lexicon.ts';
import { withoutSpelledWords } from './own-spelling.ts';
import { LONGEST_SPELLING, toReading } from './reading.ts';
import type { Reading } from './reading.ts';
import { spellings, toSegments } from './segments.ts';
import type { Segment } from './segments.ts';
import { withLetters } from './with-letter.ts';
import type { Word } from './words.ts';

const WRITTEN = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Ends of domains behind which no other word follows. */
const ENDS = new Set('com net org edu gov info de es fr it pt uk io'.split(' '));
/** Ends of two parts, between which callers say no dot. */
const DOUBLE_ENDS = new Set(
  'co.uk org.uk ac.uk co.nz co.za co.in co.jp co.il co.kr com.au net.au org.au com.br com.mx com.ar com.tr com.co'.split(
    ' ',
  ),
);
/** So many words behind an address are enough to name them. */
const LONGEST_REST = 8;
/** Of so many "at" each may be the sign. */
const MOST_ATS = 3;

/**
 * Writes an e-mail address that was spelled: "m a r y dot smith at example dot com", "m as in mike,
 * a r y at …". What is an address as it stands stays as it is.
 */
export function readSpelledEmail(text: string, lexicon: Lexicon): Reading {
  const given = text.trim();
  const asGiven: Reading = { kind: 'as-given', written: given };
  if (given.length > LONGEST_SPELLING) return asGiven;
  if (WRITTEN.test(given)) return likelyReading(given) ?? asGiven;
  const words = withoutEnding(toWords(given, lexicon), lexicon);
  const addresses = new Set<string>();
  const doubtful = new Set<string>();
  const unclear = new Set<string>();
  /** "Mary at gmail": the address that is probably meant. */
  const incomplete = new Set<string>();
  for (const start of starts(words, lexicon)) {
    for (const atoms of correct(readAtoms(words.slice(start), lexicon, { names: false }))) {
      const segments = withLetters(withoutSpelledWords(toSegments(atoms, { names: false })));
      for (const segment of segments) {
        if (segment.kind === 'unclear' || segment.kind === 'break') unclear.add(segment.said);
        if (segment.texts.length > 1) doubtful.add(segment.said);
      }
      for (const parts of splitAtSign(segments)) {
        const rest = behindAddress(parts.domain);
        if (rest !== '') {
          unclear.add(rest);
          continue;
        }
        for (const address of write(parts, doubtful)) {
          const likely = likelyAddress(address);
          if (isEmailAddress(address)) addresses.add(address.toLowerCase());
          else if (isEmailAddress(likely)) incomplete.add(likely?.toLowerCase() ?? '');
        }
      }
    }
  }
  const isAddress = addresses.size > 0 || hasSign(words, lexicon);
  if (isAddress && unclear.size > 0) return { kind: 'unclear', words: [...unclear] };
  const reading = toReading([...addresses], [...doubtful]);
  if (reading) return reading;
  if (incomplete.size > 0) return { kind: 'choice', readings: [...incomplete] };
  if (isAddress && doubtful.size > 0) return { kind: 'unclear', words: [...doubtful] };
  return likelyReading(given) ?? asGiven;
}

/** What no mail server takes, and is nearly an address: the caller is asked about that one. */
function likelyReading(given: string): Reading | null {
  if (isEmailAddress(given)) return null;
  const likely = likelyAddress(given);
  return isEmailAddress(likely)
    ? { kind: 'choice', readings: [likely?.toLowerCase() ?? ''] }
    : null;
}

/** Where the address begins. "Its me at" may be "me at", or not. */
function starts(words: readonly Word[], lexicon: Lexicon): number[] {
  const length = introductionLength(words, lexicon);
  if (length === 0 || !hasSign(words.slice(length + 1), lexicon)) return [0];
  const isHandle = words[length - 1]?.key === 'its' && words[length]?.key === 'me';
  return isHandle ? [length, length - 1] : [length];
}

function hasSign(words: readonly Word[], lexicon: Lexicon): boolean {
  return words.some(
    (word, index) => word.said === '@' || lexicon.signs.at(words, index)?.meaning.sign === '@',
  );
}

interface Parts {
  local: Segment[];
  domain: Segment[];
}

/** An address has one "@": "arroba" and the like are it, and of several "at" each may be. */
function splitAtSign(segments: readonly Segment[]): Parts[] {
  const ats = segments.flatMap((segment, index) =>
    segment.kind === 'sign' && segment.texts[0] === '@' ? [{ index, isSure: segment.isSure }] : [],
  );
  const sure = ats.filter(({ isSure }) => isSure);
  const chosen = sure.length > 0 ? sure : ats;
  if (sure.length > 1 || ats.length > MOST_ATS) return [];
  const asWords = segments.map((segment) =>
    segment.kind === 'sign' && segment.texts[0] === '@' ? toWord(segment) : segment,
  );
  return chosen.map(({ index }) => ({
    local: asWords.slice(0, index),
    domain: withDoubleEnd(asWords.slice(index + 1)),
  }));
}

/** "Dot co uk": the dot between them goes without saying. */
function withDoubleEnd(domain: readonly Segment[]): Segment[] {
  return domain.flatMap((segment, index) => {
    const [before, beforeLast] = [domain[index - 1], domain[index - 2]];
    const end = `${before?.texts[0]}.${segment.texts[0]}`.toLowerCase();
    return isDot(beforeLast) && DOUBLE_ENDS.has(end)
      ? [{ ...segment, kind: 'sign', texts: ['.'], said: '', isSure: true }, segment]
      : [segment];
  });
}

/**
 * What was said behind the end of a domain: "and my number is", "com" being over. It is no part of it,
 * and may be what else the caller wants to have written.
 */
function behindAddress(domain: readonly Segment[]): string {
  const lastDot = domain.findLastIndex((segment, index) => isDot(segment) && index > 0);
  const end = domain.findIndex((segment, index) => {
    const isFirst = isDot(domain[index - 1]) && index > 1;
    const next = domain[index + 1];
    const isOver = index - 1 === lastDot || ENDS.has(segment.texts[0]?.toLowerCase() ?? '');
    return isFirst && isOver && next !== undefined && next.kind !== 'sign';
  });
  if (end === -1) return '';
  const rest = domain.slice(end + 1, end + 1 + LONGEST_REST);
  return rest.map(({ said }) => said).join(' ');
}

/** All readings that parts can have; none where there are too many. */
function write({ local, domain }: Parts, doubtful: Set<string>): string[] {
  const locals = local.map((segment, index) => {
    const isBeforeWord = local[index + 1]?.kind === 'word';
    const isPoint = index === 0 && local.length > 1 && isWordDot(segment);
    if (isPoint || (local.length === 1 && isWordDot(segment))) return toWord(segment);
    return isBeforeWord ? orInWords(segment) : segment;
  });
  const domains = writeDomain(domain);
  const sign = { texts: ['@'] };
  const written = spellings([...locals, sign, ...domains]);
  for (const { texts, said } of [...locals, ...domains]) if (texts.length > 1) doubtful.add(said);
  return written ?? [];
}

/** Where two dots would stand side by side, one is a word: the point of "sharepoint". */
function writeDomain(domain: readonly Segment[]): Segment[] {
  const written: Segment[] = [];
  for (const [index, segment] of domain.entries()) {
    const next = domain[index + 1];
    const isDoubled =
      index === 0 || isDot(written.at(-1)) || (isDot(next) && segment.said !== next?.said);
    const [first = ''] = segment.texts;
    // "See oh em": no domain ends in "seeohem".
    const isEnd = next === undefined && ENDS.has(first);
    const known = isEnd ? { ...segment, texts: [first] } : orInWords(segment);
    written.push(isWordDot(segment) && isDoubled ? toWord(segment) : known);
  }
  return written;
}

/** "Four seasons at" may be 4seasons or fourseasons; "7" is no word. */
function orInWords(segment: Segment): Segment {
  if (segment.kind !== 'number' || /^[\d\s]*$/.test(segment.said)) return segment;
  const words = segment.said.replaceAll(/[\s-]/g, '').toLowerCase();
  return { ...segment, texts: [...segment.texts, words] };
}

/** A sign whose name is a word: the point of "sharepoint". */
function toWord(segment: Segment): Segment {
  return { ...segment, kind: 'word', texts: [segment.said.replaceAll(' ', '').toLowerCase()] };
}

function isDot(segment: Segment | undefined): boolean {
  return segment?.kind === 'sign' && segment.texts[0] === '.';
}

function isWordDot(segment: Segment): boolean {
  return isDot(segment) && !segment.isSure;
}
