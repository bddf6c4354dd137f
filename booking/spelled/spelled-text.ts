import { readSpelling } from './read-spelling.ts';
import type { Piece } from './read-spelling.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Fewer letters in a row may be initials: "J. R. Smith". */
const FEWEST_LETTERS = 4;

/**
 * Writes an e-mail address that was spelled: "m a r y dot smith at example dot com", "m as in mike,
 * a r y at …", "mike alpha romeo yankee at …". Anything else stays as it is.
 */
export function readSpelledEmail(text: string): string {
  const trimmed = text.trim();
  if (EMAIL.test(trimmed)) return trimmed;
  const written = readSpelling(trimmed, { signs: true })
    .map(({ text }) => text)
    .join('');
  return EMAIL.test(written) ? written : trimmed;
}

/**
 * Writes a name that was spelled: "m a r y, s m i t h", "M-A-R-Y Smith", "Mary, m a r y". A word that
 * is followed by its own spelling is written as it was spelled. Anything else stays as it is.
 */
export function readSpelledName(text: string): string {
  const trimmed = text.trim();
  const pieces = readSpelling(trimmed, { signs: false });
  if (!pieces.some((piece, index) => isSpelling(piece, pieces[index - 1], pieces.length))) {
    return trimmed;
  }
  return pieces
    .filter((piece, index) => !isSpelledNext(piece, pieces[index + 1]))
    .map(({ text, spelled }) => (spelled === 'no' ? text : capitalise(text)))
    .join(' ');
}

function isSpelling(piece: Piece, before: Piece | undefined, count: number): boolean {
  if (piece.spelled === 'no') return false;
  if (piece.spelled === 'clearly') return true;
  const isLong = piece.text.length >= FEWEST_LETTERS;
  const isAlone = count === 1 && piece.text.length > 1;
  return isLong || isAlone || (before !== undefined && isSpelledNext(before, piece));
}

/** The recogniser may have misheard the word: its first letter is enough to know it again. */
function isSpelledNext(word: Piece, next: Piece | undefined): boolean {
  return (
    word.spelled === 'no' &&
    next !== undefined &&
    next.spelled !== 'no' &&
    next.text.length > 1 &&
    word.text[0]?.toLowerCase() === next.text[0]?.toLowerCase()
  );
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}
