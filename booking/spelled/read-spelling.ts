import { digitOf, isUnclear, letterOf, signOf, signPhraseAt } from './alphabet.ts';

/** A word as it was said, or letters that were said one by one. */
export interface Piece {
  text: string;
  /** `perhaps`: single letters, which may be initials; `unclear`: words of spelling that can be read in two ways. */
  spelled: 'no' | 'perhaps' | 'clearly' | 'unclear';
}

interface Token {
  kind: 'letter' | 'clear-letter' | 'alphabet' | 'word' | 'unclear';
  text: string;
  /** As it was said. */
  said: string;
}

/** A few words of the spelling alphabet may be names: Mike, Oscar, Victor. */
const FEWEST_LETTERS = 4;
const FEWEST_WORDS = 3;
const REPEATS: Record<string, number> = { double: 2, triple: 3 };

/**
 * Cuts what was said into words and spelled runs.
 *
 * @param options.signs whether "at", "dot" and digits are parts of the text, as in e-mail addresses
 */
export function readSpelling(text: string, options: { signs: boolean }): Piece[] {
  // In an address a comma is only a breath; in a name it may part first and last name.
  const chunks = options.signs ? [text.replaceAll(/[,;]/g, ' ')] : text.split(/[,;]/);
  const pieces: Piece[] = [];
  let run: Token[] = [];
  let before: Token[] = [];
  const close = (): void => {
    pieces.push(...readRun(run));
    run = [];
  };
  for (const chunk of chunks) {
    const tokens = readTokens(chunk.trim().split(/\s+/), options.signs);
    // "m, a, r, y" and "m as in mike, a r y" go on; "m a r y, s m i t h" are two.
    if (tokens.length > 1 && before.length > 1) close();
    for (const token of tokens) {
      if (token.kind === 'word' || token.kind === 'unclear') {
        close();
        pieces.push({ text: token.text, spelled: token.kind === 'word' ? 'no' : 'unclear' });
      } else run.push(token);
      if (token.text.length > 2 && token.kind === 'clear-letter') close();
    }
    before = tokens;
  }
  close();
  return pieces.filter((piece) => piece.text !== '');
}

function readRun(run: readonly Token[]): Piece[] {
  if (run.length === 0) return [];
  const words = run.filter(({ kind }) => kind === 'alphabet').length;
  const isClear = run.some(({ kind }) => kind === 'clear-letter');
  if (words > 0 && words < FEWEST_WORDS && run.length < FEWEST_LETTERS && !isClear) {
    return run.map(({ said }) => ({ text: said, spelled: 'no' }));
  }
  const text = run.map(({ text }) => text).join('');
  return [{ text, spelled: isClear || words > 0 ? 'clearly' : 'perhaps' }];
}

function readTokens(words: readonly string[], signs: boolean): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < words.length;) {
    const { token, length } = readToken(words, index, signs);
    tokens.push(token);
    index += length;
  }
  return tokens;
}

/** The token that begins at an index, and how many words it takes. */
function readToken(
  words: readonly string[],
  index: number,
  signs: boolean,
): { token: Token; length: number } {
  const said = words[index] ?? '';
  const next = words[index + 1] ?? '';
  const word = said.toLowerCase();
  const after = next.toLowerCase();
  const times = REPEATS[word];
  if (times !== undefined && /^(?:u|you)$/.test(after)) {
    // W, or U twice.
    return { token: { kind: 'unclear', text: `${said} ${next}`, said }, length: 2 };
  }
  if (times !== undefined && isLetter(after)) {
    return { token: { kind: 'clear-letter', text: after.repeat(times), said }, length: 2 };
  }
  if (/^(capital|uppercase|letter)$/.test(word) && isLetter(after)) {
    return { token: { kind: 'clear-letter', text: after, said }, length: 2 };
  }
  if (isLetter(word)) {
    const example = exampleLength(word, words, index + 1);
    const kind = example > 0 ? 'clear-letter' : 'letter';
    return { token: { kind, text: word, said }, length: 1 + example };
  }
  if (word === 'zed' || word === 'zee') {
    return { token: { kind: 'letter', text: 'z', said }, length: 1 };
  }
  // "M-A-R-Y", as recognisers and models write it.
  if (/^[a-z]([-.][a-z]){2,}\.?$/.test(word)) {
    const text = word.replaceAll(/[-.]/g, '');
    return { token: { kind: 'clear-letter', text, said }, length: 1 };
  }
  const phrase = signs ? signPhraseAt(words, index) : undefined;
  if (phrase !== undefined) {
    return { token: { kind: 'word', text: phrase.sign, said }, length: phrase.length };
  }
  const sign = signs ? (signOf(word) ?? digitOf(word)) : undefined;
  if (sign !== undefined) return { token: { kind: 'word', text: sign, said }, length: 1 };
  const letter = letterOf(word);
  if (letter !== undefined) return { token: { kind: 'alphabet', text: letter, said }, length: 1 };
  const kind = isUnclear(word, { signs }) ? 'unclear' : 'word';
  return { token: { kind, text: said, said }, length: 1 };
}

function isLetter(word: string): boolean {
  return /^[a-z]$/.test(word);
}

/** How many words of "as in mike", "for mike" or "like mike" follow an m. */
function exampleLength(letter: string, words: readonly string[], index: number): number {
  const [first, second, third] = [0, 1, 2].map((offset) => words[index + offset]?.toLowerCase());
  if (first === 'as' && second === 'in' && third?.startsWith(letter) === true) return 3;
  const isExample = first === 'for' || first === 'like' || first === 'as';
  return isExample && second?.startsWith(letter) === true ? 2 : 0;
}
