import type { Atom } from './atom.ts';

/** More ways to take back than this are not told apart. */
const MOST = 4;
/** So many atoms before and behind are looked at. */
const FARTHEST = 40;
const LETTERISH = new Set(['letter', 'code', 'homophone', 'oh']);

/**
 * Takes back what a caller corrected: "p, no, b as in bravo", "gmail, sorry, at yahoo". Where it does not
 * show how much was wrong, each way is answered; what corrects nothing is a word.
 */
export function correct(atoms: readonly Atom[]): Atom[][] {
  let branches: Atom[][] = [[]];
  let skipped = -1;
  for (const [index, atom] of atoms.entries()) {
    if (skipped === index) continue;
    if (atom.kind === 'correction' && atoms[index - 1]?.kind === 'correction') continue;
    if (atom.kind !== 'correction') {
      // The pause behind "no" parts nothing.
      const isCorrected = atoms[index - 1]?.kind === 'correction';
      const next = isCorrected ? { ...atom, pause: false } : atom;
      for (const branch of branches) branch.push(next);
      continue;
    }
    const after = atoms.slice(index + 1, index + FARTHEST);
    const without = withoutLetter(atoms, index);
    if (without) {
      for (const branch of branches) branch.push(without);
      skipped = index + 1;
      continue;
    }
    branches = branches
      .flatMap((branch) => {
        if (isWholeAnew(branch, atom, after)) return [[]];
        const [length = 0, ...others] = wrongAtoms(branch.slice(-FARTHEST), atom, after);
        const copies = others.map((other) => takeBack([...branch], other, atom));
        return [takeBack(branch, length, atom), ...copies];
      })
      .slice(0, MOST);
  }
  return branches;
}

/** "Mary at example dot com, sorry, mary dot smith at example dot com". */
function isWholeAnew(before: readonly Atom[], atom: Atom, after: readonly Atom[]): boolean {
  const isMarked = atom.isSure === true || atom.pause;
  return isMarked && after[0]?.kind !== 'sign' && after.some(isAt) && before.some(isAt);
}

function isAt({ kind, text }: Atom): boolean {
  return kind === 'sign' && text === '@';
}

/** "Smith, no h" is Smith without an h. */
function withoutLetter(atoms: readonly Atom[], index: number): Atom | undefined {
  const [before, atom, letter, after] = atoms.slice(Math.max(0, index - 1), index + 3);
  const isOne = letter?.kind === 'letter' && letter.isSure !== true && !letter.pause;
  if (before?.kind !== 'word' || atom?.isSure === true || !isOne) return undefined;
  const isAlone =
    after === undefined || (after.pause && !isLetterish(after)) || after.kind === 'sign';
  return isAlone && atom
    ? { ...letter, kind: 'with', isSure: false, said: `${atom.said} ${letter.said}` }
    : undefined;
}

function takeBack(atoms: Atom[], length: number, { said, ...atom }: Atom): Atom[] {
  // "Sorry, smith" corrects what was said before.
  if (length === 0 && atoms.length === 0 && atom.isSure === true) return atoms;
  if (length === 0) atoms.push({ ...atom, said, kind: 'word', text: said.replaceAll(' ', '') });
  else atoms.length -= length;
  return atoms;
}

/** How many of the last atoms were wrong; 0 where the words correct nothing. */
function wrongAtoms(before: readonly Atom[], atom: Atom, after: readonly Atom[]): number[] {
  const last = before.at(-1);
  const next = after.find(({ kind }) => kind !== 'correction');
  if (last === undefined || next === undefined) return [0];
  const isMarked = atom.isSure === true || atom.pause || next.pause;
  if (next.kind === 'sign') {
    if (!isMarked) return [0];
    if (last.kind === 'sign') return [1];
    const same = before.findLastIndex(({ kind, text }) => kind === 'sign' && text === next.text);
    return [same === -1 ? 0 : before.length - same];
  }
  const joined = isMarked ? wrongJoined(before, after) : [];
  if (joined.length > 0) return joined;
  if (isLetterish(last) && isLetterish(next)) {
    if (!isMarked && last.kind !== 'letter') return [0];
    return wrongLetters(tailOf(before, isLetterish), headOf(after, isLetterish));
  }
  if (isNumber(last) && isNumber(next)) {
    return wrongDigits(tailOf(before, isNumber), headOf(after, isNumber));
  }
  if (!isMarked) return [0];
  const part = tailOf(before, ({ kind }) => kind !== 'sign' && kind !== 'break');
  if (next.kind === 'word') {
    const again = part.findIndex(({ text }) => text.toLowerCase() === next.text.toLowerCase());
    if (again !== -1) return [part.length - again];
  }
  const wrong = isLetterish(last) ? tailOf(before, isLetterish).length : 1;
  // "No wait" is in no name and no address; "sorry" may be.
  const isNoWord = atom.pause || next.pause || atom.said.includes(' ');
  return isNoWord ? [wrong] : [wrong, 0];
}

/**
 * "Yahoo dot com, no, gmail dot com": words with signs between them correct all that signs join. In front
 * of an "@" they may as well correct the last word and go on.
 */
function wrongJoined(before: readonly Atom[], after: readonly Atom[]): number[] {
  const isOfThem = (atom: Atom): boolean => isJoint(atom) || isWordy(atom);
  const [wrong, right] = [tailOf(before, isOfThem), headOf(after, isOfThem)];
  if (!right.some(isJoint) || !wrong.some(isJoint)) return [];
  const isAgain = [0, -1].some((place) => right.at(place)?.text === wrong.at(place)?.text);
  if (isAgain || before.some(isAt)) return [wrong.length];
  return right.some(isLetterish) ? [] : [wrong.length, 1];
}

/** One letter, or all of them where the caller began anew. */
function wrongLetters(wrong: readonly Atom[], right: readonly Atom[]): number[] {
  const isAnew = wrong.length > 1 && right[0]?.text === wrong[0]?.text && right.length > 1;
  if (!isAnew) return [1];
  return right[1]?.text === wrong[1]?.text ? [wrong.length] : [1, wrong.length];
}

/** One digit, or the group of them that comes again. */
function wrongDigits(wrong: readonly Atom[], right: readonly Atom[]): number[] {
  const end = right.findIndex(({ pause }, index) => pause && index > 0);
  const group = end === -1 ? right.length : end;
  const start = wrong.findLastIndex(({ pause }) => pause);
  const last = wrong.length - Math.max(0, start);
  if (group === 1 || last === 1) return [1];
  return group >= last ? [last] : [group, 1];
}

function isLetterish({ kind }: Atom): boolean {
  return LETTERISH.has(kind);
}

function isJoint({ kind, text }: Atom): boolean {
  return kind === 'sign' && text !== '@';
}

function isWordy(atom: Atom): boolean {
  return atom.kind === 'word' || isLetterish(atom) || isNumber(atom);
}

function isNumber({ kind }: Atom): boolean {
  return kind === 'number' || kind === 'oh';
}

function tailOf(atoms: readonly Atom[], is: (atom: Atom) => boolean): readonly Atom[] {
  return atoms.slice(atoms.findLastIndex((atom) => !is(atom)) + 1);
}

function headOf(atoms: readonly Atom[], is: (atom: Atom) => boolean): readonly Atom[] {
  const end = atoms.findIndex((atom) => !is(atom));
  return end === -1 ? atoms : atoms.slice(0, end);
}
