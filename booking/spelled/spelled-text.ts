import { readSpelling } from './read-spelling.ts';
import type { Piece } from './read-spelling.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Fewer letters in a row may be initials: "J. R. Smith". */
const FEWEST_LETTERS = 4;
/** Of the longest address, each letter told by a word: nobody spells more. */
const LONGEST = 5_000;

/** What was made of words that somebody spelled. */
export interface Spelled {
  /** As it is written; where nothing was spelled, or not clearly, what was given. */
  written: string;
  /** Words that can be read in two ways: they are left, and asked about. */
  unclear: string[];
}

/**
 * Writes an e-mail address that was spelled: "m a r y dot smith at example dot com", "m as in mike,
 * a r y at …", "mike alpha romeo yankee at …". Anything else stays as it is.
 */
export function readSpelledEmail(text: string): Spelled {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || EMAIL.test(trimmed)) return { written: trimmed, unclear: [] };
  const pieces = readSpelling(trimmed, { signs: true });
  const written = pieces.map(({ text }) => text).join('');
  if (!EMAIL.test(written.replaceAll(' ', ''))) return { written: trimmed, unclear: [] };
  const unclear = unclearOf(pieces);
  return { written: unclear.length === 0 ? written : trimmed, unclear };
}

/**
 * Writes a name that was spelled: "m a r y, s m i t h", "M-A-R-Y Smith", "Mary, m a r y". A word that
 * is followed by its own spelling is written as it was spelled. Anything else stays as it is.
 */
export function readSpelledName(text: string): Spelled {
  const trimmed = text.trim();
  const asGiven = { written: trimmed, unclear: [] };
  if (trimmed.length > LONGEST) return asGiven;
  const pieces = readSpelling(trimmed, { signs: false });
  const kept = pieces.filter((piece, index) => !isSpelledNext(piece, pieces[index + 1]));
  const unclear = unclearOf(kept);
  if (unclear.length > 0 && pieces.some(isOfLetters)) return { written: trimmed, unclear };
  if (!pieces.some((piece, index) => isSpelling(piece, pieces[index - 1], pieces.length))) {
    return asGiven;
  }
  const written = kept
    .map((piece) => (isOfLetters(piece) ? capitalise(piece.text) : piece.text))
    .join(' ');
  return { written, unclear: [] };
}

function unclearOf(pieces: readonly Piece[]): string[] {
  return pieces.filter(({ spelled }) => spelled === 'unclear').map(({ text }) => text);
}

function isOfLetters({ spelled }: Piece): boolean {
  return spelled === 'perhaps' || spelled === 'clearly';
}

function isSpelling(piece: Piece, before: Piece | undefined, count: number): boolean {
  if (!isOfLetters(piece)) return false;
  if (piece.spelled === 'clearly') return true;
  const isLong = piece.text.length >= FEWEST_LETTERS;
  const isAlone = count === 1 && piece.text.length > 1;
  return isLong || isAlone || (before !== undefined && isSpelledNext(before, piece));
}

/** The recogniser may have misheard the word: its first letter is enough to know it again. */
function isSpelledNext(word: Piece, next: Piece | undefined): boolean {
  return (
    !isOfLetters(word) &&
    next !== undefined &&
    isOfLetters(next) &&
    next.text.length > 1 &&
    word.text[0]?.toLowerCase() === next.text[0]?.toLowerCase()
  );
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}
