import { distance } from './distance.ts';
import type { Segment } from './segments.ts';

/** Words whose spelling may follow: "mary ann smith, m a r y a n n s m i t h". */
const MOST_WORDS = 3;

/**
 * Writes words as they were spelled beside them: of "jon, j o h n" John is left, since who spells a word
 * was heard wrong before. Letters that spell something else go on.
 */
export function withoutSpelledWords(segments: readonly Segment[]): Segment[] {
  const kept: Segment[] = [];
  for (const [index, segment] of segments.entries()) {
    const last = kept.at(-1);
    if (segment.kind === 'letters') {
      if (isExplained(kept, segment) || isOfJointWord(kept, segment)) continue;
      if (last?.kind !== 'letters') dropWordsOf(segments, index, kept);
      kept.push(...asSpelled(kept, segment));
    } else if (segment.kind !== 'word' || last?.kind !== 'letters' || !isSame(last, segment)) {
      kept.push(segment);
    }
  }
  return kept.filter(({ kind }) => kind !== 'spelling');
}

/** "M a r y, that's m as in mike, a as in alpha": the same letters once more. */
function isExplained(kept: readonly Segment[], letters: Segment): boolean {
  const [mark, before] = [kept.at(-1), kept.at(-2)];
  if (mark?.kind !== 'spelling' || before?.kind !== 'letters') return false;
  return before.texts[0]?.startsWith(letters.texts[0] ?? '') === true;
}

/** "O'Neill, o apostrophe n e i l l": the word stays. */
function isOfJointWord(kept: Segment[], letters: Segment): boolean {
  const [word, start, sign] = kept.slice(-3);
  if (word?.kind !== 'word' || start?.kind !== 'letters' || sign?.kind !== 'sign') return false;
  const spelled = `${start.texts[0]}${sign.texts[0]}${letters.texts[0]}`;
  if (plain(word) !== spelled.replaceAll(/\P{L}/gu, '')) return false;
  kept.splice(-3, 3, confirmed(word));
  return true;
}

/** "John Smith, j o h n, s m i t h": as many words as runs of letters, one for each. */
function dropWordsOf(segments: readonly Segment[], index: number, kept: Segment[]): void {
  const marks = kept.at(-1)?.kind === 'spelling' ? 1 : 0;
  for (let count = MOST_WORDS; count > 1; count--) {
    const runs = segments.slice(index, index + count);
    const end = kept.length - marks;
    const words = end < count ? [] : kept.slice(end - count, end);
    const isEach =
      words.length === count &&
      words.every(({ kind }) => kind === 'word') &&
      runs.every((run, place) => run.kind === 'letters' && isNearly(words[place], run.texts[0]));
    if (!isEach) continue;
    kept.splice(end - count);
    return;
  }
}

/** The letters, or the words that they spell; those words are taken from what was kept. */
function asSpelled(kept: Segment[], letters: Segment): Segment[] {
  const [spelled = ''] = letters.texts;
  if (spelled.length < 2) return [letters];
  const marks = kept.at(-1)?.kind === 'spelling' ? 1 : 0;
  const words: Segment[] = [];
  let near: Segment[] | undefined;
  for (let count = 1; count <= MOST_WORDS; count++) {
    const word = kept.at(-marks - count);
    if (word === undefined || !isSpellable(word)) break;
    words.unshift(word);
    const text = words.map(plain).join('');
    if (letters.texts.some((one) => one.toLowerCase() === text)) {
      kept.splice(kept.length - count - marks);
      // The words tell where they part, but no capitals within them.
      return words.every(({ kind }) => kind === 'word') && spelled === spelled.toLowerCase()
        ? words.map(confirmed)
        : [
            {
              ...letters,
              texts: [letters.texts.find((one) => one.toLowerCase() === text) ?? text],
            },
          ];
    }
    if (near || word.kind !== 'word') continue;
    if (isApart(text, spelled, marks > 0) || (count === 1 && marks > 0)) near = [...words];
  }
  if (near === undefined) return [letters];
  kept.splice(kept.length - near.length - marks);
  return near.length === 2 ? splitLike(near, letters) : [letters];
}

/** Letters of two words, parted where they are most like them. */
function splitLike(words: readonly Segment[], letters: Segment): Segment[] {
  const [spelled = ''] = letters.texts;
  const [first, second] = words.map(plain);
  let best = { place: 0, apart: Infinity };
  for (let place = 1; place < spelled.length; place++) {
    const apart =
      distance(first ?? '', spelled.slice(0, place)) + distance(second ?? '', spelled.slice(place));
    if (apart < best.apart) best = { place, apart };
  }
  return [
    { ...letters, texts: [spelled.slice(0, best.place)] },
    { ...letters, texts: [spelled.slice(best.place)], pause: true },
  ];
}

/** "Stacey Dash, d a s h": it is no sign there. */
function isSpellable({ kind, isSure }: Segment): boolean {
  return kind === 'word' || kind === 'letters' || (kind === 'sign' && !isSure);
}

function isNearly(word: Segment | undefined, letters: string | undefined): boolean {
  if (word === undefined || letters === undefined) return false;
  return plain(word) === letters || isApart(plain(word), letters, false);
}

/** Whether it is the word as it was misheard. */
function isApart(word: string, letters: string, isMarked: boolean): boolean {
  if (word.charAt(0) !== letters.charAt(0) && !isMarked) return false;
  return distance(word, letters) <= Math.max(1, Math.floor(letters.length / 3));
}

function isSame(letters: Segment, word: Segment): boolean {
  const [spelled = ''] = letters.texts;
  return spelled.length > 1 && spelled.toLowerCase() === word.texts[0]?.toLowerCase();
}

function plain({ kind, said, texts }: Segment): string {
  const text = kind === 'sign' ? said : (texts[0] ?? '');
  return text.toLowerCase().replaceAll(/[^\p{L}\p{M}\d]/gu, '');
}

/** A word that was spelled as it stands. */
function confirmed(word: Segment): Segment {
  const [text = ''] = word.texts;
  return { ...word, texts: [text.charAt(0).toUpperCase() + text.slice(1)], isSure: true };
}
