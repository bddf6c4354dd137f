import type { Segment } from './segments.ts';

/** Spellings of one sound, which "with a y" tells apart. */
const SOUNDS = [
  ['ie', 'ey', 'ee', 'y', 'i'],
  ['ck', 'c', 'k', 'q', 'ch'],
  ['ph', 'f', 'v', 'ff'],
  ['ss', 's', 'z', 'c', 'ß'],
  ['g', 'j'],
  ['ai', 'ay', 'ei', 'ey'],
  ['th', 'tt', 't', 'dt', 'd'],
  ['ä', 'e', 'ae'],
  ['ü', 'y', 'ue'],
  ['ö', 'oe'],
  ['v', 'w'],
];
/** Meier with a y keeps its e, and gray with an e its y. */
const DIPHTHONGS: Record<string, RegExp> = {
  y: /(?<=[ae])i/,
  i: /(?<=[ae])y/,
  e: /a(?=[iy])/,
  a: /e(?=[iy])/,
};
const LONGEST_WORD = 64;
/** Letters that are written and not heard. */
const SILENT = new Set(['e', 'h']);

/** Writes words as "with a y" and "without an h" tell; where that can be done in no one way, it is unclear. */
export function withLetters(segments: readonly Segment[]): Segment[] {
  const written: Segment[] = [];
  for (const segment of segments) {
    if (segment.kind !== 'with') {
      written.push(segment);
      continue;
    }
    const word = written.at(-1);
    const [text = ''] = segment.texts;
    const said = `${word?.said ?? ''} ${segment.said}`.trim();
    const isWord = word?.kind === 'word' || word?.kind === 'letters';
    const texts = isWord ? tell(word.texts[0] ?? '', text, segment.isSure) : undefined;
    if (word === undefined || texts === undefined) {
      written.push({ ...segment, kind: 'unclear', texts: [''] });
    } else {
      written[written.length - 1] = { ...word, texts, said, isSure: true };
    }
  }
  return written;
}

/** The readings of a word that has some letters, or has them not; undefined where that tells nothing. */
function tell(word: string, letters: string, isWith: boolean): string[] | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const small = word.toLowerCase();
  if (small.includes(letters) === isWith) return [word];
  if (!isWith) {
    const [only, ...others] = placesOf(small, letters);
    return only === undefined || others.length > 0
      ? undefined
      : [replaced(word, only, letters.length, ''), word];
  }
  const diphthong = DIPHTHONGS[letters]?.exec(small);
  if (diphthong) return [replaced(word, diphthong.index, 1, letters), word];
  const single = letters.charAt(0);
  const alike =
    letters === single + single
      ? [single]
      : SOUNDS.filter((sounds) => sounds.includes(letters)).flat();
  const places = alike
    .filter((sound) => sound !== letters)
    .flatMap((sound) => placesOf(small, sound).map((place) => ({ place, length: sound.length })));
  const [only, ...others] = withoutInner(places);
  if (only !== undefined) {
    return others.length > 0 ? undefined : [replaced(word, only.place, only.length, letters), word];
  }
  if (!SILENT.has(letters)) return undefined;
  // Sarah, and Helena.
  const isBefore = letters === 'h' && /^[aeiou]/.test(small);
  const before = isBefore ? [replaced(`_${word.toLowerCase()}`, 0, 1, letters)] : [];
  return [`${word}${letters}`, ...before, word];
}

/** Of places within each other the widest: the "ie" of Marie, and not its i. */
function withoutInner(places: readonly { place: number; length: number }[]) {
  return places.filter(
    (one) =>
      !places.some(
        (other) =>
          other.length > one.length &&
          other.place <= one.place &&
          one.place + one.length <= other.place + other.length,
      ),
  );
}

function placesOf(text: string, part: string): number[] {
  const places: number[] = [];
  for (let place = text.indexOf(part); place !== -1; place = text.indexOf(part, place + 1)) {
    places.push(place);
  }
  return places;
}

/** A first letter stays a capital. */
function replaced(word: string, place: number, length: number, letters: string): string {
  const isCapital = place === 0 && /^\p{Lu}/u.test(word);
  const put = isCapital ? letters.charAt(0).toUpperCase() + letters.slice(1) : letters;
  const rest = word.slice(place + length);
  return `${word.slice(0, place)}${put}${put === '' && isCapital ? rest.charAt(0).toUpperCase() + rest.slice(1) : rest}`;
}
