import { distance } from './distance.ts';
import type { Segment } from './segments.ts';

/** Words whose spelling may follow: "mary ann smith, m a r y a n n s m i t h". */
const MOST_WORDS = 3;

/**
 * Drops words whose own spelling stands beside them: of "jon, j o h n" John is left, since who spells
 * a word was heard wrong before. Letters that spell something else go on.
 */
export function withoutSpelledWords(segments: readonly Segment[]): Segment[] {
  const kept: Segment[] = [];
  for (const segment of segments) {
    const last = kept.at(-1);
    if (segment.kind === 'letters') {
      const spelled = segment.texts[0] ?? '';
      kept.splice(kept.length - spelledWords(kept, spelled));
    }
    if (segment.kind === 'word' && last?.kind === 'letters' && isSame(last, segment)) continue;
    kept.push(segment);
  }
  return kept.filter(({ kind }) => kind !== 'spelling');
}

/** How many of the last segments the letters spell. */
function spelledWords(segments: readonly Segment[], letters: string): number {
  if (letters.length < 2) return 0;
  const marks = segments.at(-1)?.kind === 'spelling' ? 1 : 0;
  let text = '';
  for (let count = 1; count <= MOST_WORDS; count++) {
    const word = segments.at(-marks - count);
    // "Stacey Dash, d a s h": it is no sign there.
    const isWord = word?.kind === 'word' || (word?.kind === 'sign' && !word.isSure);
    if (word === undefined || !isWord) return 0;
    text = `${word.kind === 'word' ? word.texts[0] : word.said}${text}`.toLowerCase();
    if (isSpelledBy(text, letters, marks > 0)) return count + marks;
  }
  return 0;
}

function isSpelledBy(word: string, letters: string, isMarked: boolean): boolean {
  if (word === letters) return true;
  if (word.charAt(0) !== letters.charAt(0) && !isMarked) return false;
  const apart = distance(word, letters);
  return apart <= Math.max(1, Math.floor(letters.length / 3));
}

function isSame(letters: Segment, word: Segment): boolean {
  const [spelled = ''] = letters.texts;
  return spelled.length > 1 && spelled.toLowerCase() === word.texts[0]?.toLowerCase();
}
