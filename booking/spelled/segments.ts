import type { Atom } from './atom.ts';

/** A part of a text that is written in one way, or in one of a few. */
export interface Segment {
  kind: 'letters' | 'word' | 'number' | 'sign' | 'break' | 'spelling' | 'with' | 'unclear';
  /** The readings, the likeliest first. */
  texts: readonly string[];
  said: string;
  pause: boolean;
  /** Letters: whether they were spelled beyond doubt. Signs: whether the words are no others. With: or without. */
  isSure: boolean;
}

/** So many names of letters that are words too, with a letter among them, may be letters. */
const FEWEST_NAMED = 3;
/** Readings of one part beyond this are not told apart. */
const MOST = 8;

/**
 * Joins atoms into segments: letters that stand together are one, and words of spelling alphabets are
 * letters where enough of them stand together.
 *
 * @param options.names whether a few words of a spelling alphabet are rather names: Mike Oscar
 */
export function toSegments(atoms: readonly Atom[], options: { names: boolean }): Segment[] {
  const segments: Segment[] = [];
  let run: Atom[] = [];
  const close = (): void => {
    segments.push(...readRun(run, options));
    run = [];
  };
  for (const atom of readNoughts(atoms)) {
    if (isLetterish(atom)) {
      if (options.names && isNextName(run, atom)) close();
      run.push(atom);
      continue;
    }
    close();
    segments.push(toSegment(atom));
  }
  close();
  return joinNumbers(segments);
}

/** All ways to write segments one after the other; undefined where there are too many. */
export function spellings(segments: readonly Pick<Segment, 'texts'>[]): string[] | undefined {
  let written: string[][] = [[]];
  for (const { texts } of segments) {
    if (written.length * texts.length > MOST) return undefined;
    if (texts.length === 1) for (const parts of written) parts.push(texts[0] ?? '');
    else written = written.flatMap((parts) => texts.map((text) => [...parts, text]));
  }
  return [...new Set(written.map((parts) => parts.join('')))];
}

/** In a name "m a r y, s m i t h" and "M-A-R-Y S-M-I-T-H" are two; "m, a, r, y" is one. */
function isNextName(run: readonly Atom[], atom: Atom): boolean {
  const [last, beforeLast] = [run.at(-1), run.at(-2)];
  if (last === undefined) return false;
  if (last.isWhole === true || atom.isWhole === true) return true;
  const isAfterOne = last.pause || beforeLast === undefined;
  return (atom.pause && !isAfterOne) || isCapitalAgain(run, atom);
}

/** "M a r y S m i t h", "m a r y capital s m i t h"; not "M c D o n a l d". */
function isCapitalAgain(run: readonly Atom[], atom: Atom): boolean {
  const [last, first] = [run.at(-1), run[0]];
  const isPrefix = run.length < 4 && /^ma?c$/.test(run.map(({ text }) => text).join(''));
  if (run.length < 2 || isPrefix || isCapital(last)) return false;
  return atom.isCapital === true || (isCapital(atom) && isCapital(first));
}

function isCapital(atom: Atom | undefined): boolean {
  return atom?.isCapital === true || (atom?.kind === 'letter' && /^\p{Lu}$/u.test(atom.said));
}

function toSegment(atom: Atom): Segment {
  const { kind, text, said, pause, isSure = false, others = [] } = atom;
  const known =
    kind === 'letter' || kind === 'code' || kind === 'homophone' || kind === 'oh'
      ? 'letters'
      : kind === 'correction'
        ? 'word'
        : kind;
  return { kind: known, texts: [text, ...others], said, pause, isSure };
}

/** "Oh" is a nought beside digits and a letter beside letters. Beside both it may be either, as is "o" beside digits. */
function readNoughts(atoms: readonly Atom[]): Atom[] {
  return atoms.map((atom, index): Atom => {
    const isLetterO = isBareO(atom);
    if (atom.kind !== 'oh' && !isLetterO) return atom;
    const besides = [atoms[index - 1], atoms[index + 1]];
    const isByDigit = besides.some((beside) => beside?.kind === 'number');
    const isByLetter = besides.some((beside) => beside !== undefined && isLetterish(beside));
    if (isLetterO) {
      const nought = { text: atom.text.replaceAll('o', '0'), others: [atom.text] };
      return isByDigit && !isByLetter ? { ...atom, kind: 'number', ...nought } : atom;
    }
    if (atom.text.length > 1) return { ...atom, kind: 'number' };
    if (isByDigit && isByLetter) return { ...atom, kind: 'letter', text: 'o', others: ['0'] };
    if (isByDigit || besides.some((beside) => beside?.kind === 'oh')) {
      return { ...atom, kind: 'number' };
    }
    if (besides.every((beside) => beside !== undefined && isLetterish(beside))) {
      return { ...atom, kind: 'letter', text: 'o' };
    }
    if (isByLetter) return { ...atom, kind: 'letter', text: 'o', others: ['0'] };
    return { ...atom, kind: 'word', text: atom.said, others: ['0'] };
  });
}

/** "O" and "double o", without an example. */
function isBareO({ kind, text, isSure, isRepeated, said }: Atom): boolean {
  if (kind !== 'letter' || !/^o+$/.test(text)) return false;
  return isSure !== true || (isRepeated === true && /^\S+ \S+$/.test(said));
}

/** Letters in a row, as they were named. Words that sound like letters are letters among letters alone. */
function readRun(run: readonly Atom[], options: { names: boolean }): Segment[] {
  const named = run.filter(({ kind }) => kind !== 'homophone');
  if (named.length === run.length) return run.length === 0 ? [] : readLetters(run, options);
  if (named.filter(({ kind }) => kind === 'letter').length >= 2 || named.length >= 3) {
    const letters = run.map((atom, index): Atom => {
      if (atom.kind !== 'homophone') return atom;
      const isWithin = run[index - 1] !== undefined && run[index + 1] !== undefined;
      // "M a r y jay": the last one may be a name. Who says "pe e de" says no word.
      const isName = !isWithin && run.every((other) => other === atom || other.said.length === 1);
      return { ...atom, kind: 'letter', ...(isName ? { others: [atom.said.toLowerCase()] } : {}) };
    });
    return readLetters(letters, options);
  }
  const asWords = splitAt(run, 'homophone', (part) => readLetters(part, options));
  if (options.names || named.length === 0 || run.length < FEWEST_NAMED) return asWords;
  // "See oh em".
  const letters = toLetters(run);
  return [{ ...letters, texts: [...letters.texts, ...(spellings(asWords) ?? [])] }];
}

/** The atoms of a kind as words, and what stands between them as it is read. */
function splitAt(
  run: readonly Atom[],
  kind: Atom['kind'],
  read: (part: readonly Atom[]) => Segment[],
): Segment[] {
  const segments: Segment[] = [];
  let part: Atom[] = [];
  for (const atom of run) {
    if (atom.kind !== kind) {
      part.push(atom);
      continue;
    }
    if (part.length > 0) segments.push(...read(part));
    part = [];
    segments.push(asWord(atom));
  }
  return part.length > 0 ? [...segments, ...read(part)] : segments;
}

function readLetters(run: readonly Atom[], options: { names: boolean }): Segment[] {
  const asWords = splitAt(run, 'code', (part) => [toLetters(part)]);
  switch (judgeCodes(run)) {
    case 'letters':
      return [toLetters(run)];
    case 'words':
      return asWords;
    case 'either': {
      if (options.names) return asWords;
      const letters = toLetters(run);
      const words = spellings(asWords) ?? [];
      return [{ ...letters, texts: [...letters.texts, ...words] }];
    }
  }
}

/** Mike, Oscar and Victor are names too: a few of them are not surely letters. */
function judgeCodes(run: readonly Atom[]): 'letters' | 'words' | 'either' {
  const codes = run.filter(({ kind }) => kind === 'code');
  const pure = codes.filter(({ isSure }) => isSure === true).length;
  const letters = run.length - codes.length;
  if (codes.length === 0) return 'letters';
  if (codes.length >= 4 || pure >= 3) return 'letters';
  if (pure === 0) return codes.length === 1 || run.length === 2 ? 'words' : 'either';
  if (pure < codes.length) return 'either';
  const isExplained = run.some(({ kind, isSure }) => kind === 'letter' && isSure === true);
  if (codes.length === 1) {
    if (letters === 0 || (letters < 3 && !isExplained)) return 'words';
    const isName =
      codes[0]?.isFirstName === true && (run[0] === codes[0] || run.at(-1) === codes[0]);
    return isName && !isExplained ? 'either' : 'letters';
  }
  return isExplained || letters >= 2 ? 'letters' : 'either';
}

function toLetters(run: readonly Atom[]): Segment {
  const [first] = run;
  const said = run.map((atom) => atom.said).join(' ');
  const isSure = run.some((atom) => atom.isSure === true || atom.kind === 'code');
  const texts = spellings(
    run.map(({ text, others = [], isCapital }) => ({
      texts: [text, ...others].map((one) => (isCapital === true ? one.toUpperCase() : one)),
    })),
  );
  const pause = first?.pause ?? false;
  if (texts === undefined) return { kind: 'unclear', texts: [''], said, pause, isSure };
  // "I like ice": an example, or the words themselves.
  const isDoubtful = run.length === 1 && first !== undefined && !isSure && said.includes(' ');
  return {
    kind: 'letters',
    texts: isDoubtful ? [...texts, said.replaceAll(' ', '').toLowerCase()] : texts,
    said,
    pause,
    isSure,
  };
}

function asWord(atom: Atom): Segment {
  return { ...toSegment(atom), kind: 'word', texts: [atom.said] };
}

function joinNumbers(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  let parts: Segment[] = [];
  const close = (): void => {
    const [first] = parts;
    if (first === undefined) return;
    const texts = spellings(parts);
    const said = parts.map((part) => part.said).join(' ');
    joined.push(
      texts === undefined
        ? { ...first, kind: 'unclear', texts: [''], said }
        : { ...first, texts, said },
    );
    parts = [];
  };
  for (const segment of segments) {
    if (segment.kind === 'number') {
      parts.push(segment);
      continue;
    }
    close();
    joined.push(segment);
  }
  close();
  return joined;
}

function isLetterish({ kind }: Atom): boolean {
  return kind === 'letter' || kind === 'code' || kind === 'homophone';
}
