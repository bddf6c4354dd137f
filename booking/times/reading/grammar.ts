import type { Token } from './tokens.ts';
import type { Reading } from '../placing/wish.ts';

type Element =
  | { kind: 'words'; words: string[][]; optional: boolean }
  | { kind: 'symbol'; symbol: string; optional: boolean }
  /** Looks at the next word, or at the one in front of the match, and takes nothing. */
  | { kind: 'look'; words: string[]; wanted: boolean; behind: boolean; optional: false };

/** What a rule matched: the values of its symbols, and the words around it. */
export interface Match<Symbols> {
  /** The first value of a symbol; `find` for one that may be left out. */
  get: <Name extends keyof Symbols>(symbol: Name) => Symbols[Name];
  find: <Name extends keyof Symbols>(symbol: Name) => Symbols[Name] | undefined;
  all: <Name extends keyof Symbols>(symbol: Name) => Symbols[Name][];
  /** Whether one of these words is among those that were matched. */
  said: (...words: string[]) => boolean;
  /** The word so far behind the match (0 for the next); negative numbers look in front of it. */
  word: (offset: number) => string;
  token: (offset: number) => Token | undefined;
  reading: Reading;
}

/** What a pattern means; `read` answers null where the words around it deny it. */
interface Rule<Symbols, Value> {
  pattern: readonly Element[];
  read: (match: Match<Symbols>) => Value | null;
}

export type Rules<Symbols, Value> = readonly Rule<Symbols, Value>[];

/**
 * Compiles patterns, several apart by " / " or on lines of their own; a line that ends with | goes
 * on. `a|b` are words, `a_b` is two in a row, `{x}` is a symbol, `?` makes any of them optional:
 * "the? {nth} {weekday} in|of {period}".
 * `=a|b` wants one of these words next and takes none, `!a|b` wants none of them; `<=` and `<!`
 * look at the word in front of the match. There `.` is no word at all, `#` a number, `*day` an
 * ending.
 * A pattern means a value, or what a function makes of the match.
 */
export function compile<Symbols, Value>(
  table: Readonly<Record<string, Value | Rule<Symbols, Value>['read']>>,
): Rules<Symbols, Value> {
  return Object.entries(table).flatMap(([patterns, meaning]) => {
    const read =
      typeof meaning === 'function' ? (meaning as Rule<Symbols, Value>['read']) : () => meaning;
    return patterns
      .trim()
      .replaceAll(/\|\n +/g, '|')
      .split(/ \/ |\n/)
      .flatMap((source) => startings(source.trim().split(/ +/).map(element)))
      .map((pattern) => ({ pattern, read }));
  });
}

function element(source: string): Element {
  const [, behind, sign, looked = ''] = /^(<?)([=!])(.+)$/.exec(source) ?? [];
  if (sign !== undefined) {
    const look = { words: looked.split('|'), wanted: sign === '=', behind: behind === '<' };
    return { kind: 'look', ...look, optional: false };
  }
  const optional = source.endsWith('?');
  const body = optional ? source.slice(0, -1) : source;
  const symbol = /^\{(\w+)\}$/.exec(body)?.[1];
  if (symbol !== undefined) return { kind: 'symbol', symbol, optional };
  return { kind: 'words', words: body.split('|').map((words) => words.split('_')), optional };
}

/** A pattern for each beginning, since what stands first may be left out. */
function startings(pattern: readonly Element[]): (readonly Element[])[] {
  const looks = pattern.filter((one) => one.kind === 'look' && one.behind);
  const taken = pattern.filter((one) => !looks.includes(one));
  const required = taken.findIndex(({ optional }) => !optional);
  return taken.slice(0, required + 1).map((_, start) => [...taken.slice(start), ...looks]);
}

/** The symbols of a grammar: one token looked up, or rules of its own. */
export type Definitions<Symbols> = {
  readonly [Name in keyof Symbols]:
    | ((token: Token, before?: Token, after?: Token) => Symbols[Name] | null)
    | Rules<Symbols, Symbols[Name]>;
};

export class Grammar<Symbols extends object> {
  readonly definitions: Definitions<Symbols>;
  private readonly byWord = new Map<unknown, Map<string, unknown[]>>();

  constructor(definitions: Definitions<Symbols>) {
    this.definitions = definitions;
  }

  /** The rules that can begin with this word, in their order. */
  startingWith<Value>(rules: Rules<Symbols, Value>, word: string): Rules<Symbols, Value> {
    const byWord = this.byWord.get(rules) ?? indexByWord(rules);
    this.byWord.set(rules, byWord);
    return (byWord.get(word) ?? byWord.get('') ?? []) as Rules<Symbols, Value>;
  }
}

/** Rules by the word they begin with; under '' those that begin with a symbol. */
function indexByWord<Symbols, Value>(rules: Rules<Symbols, Value>) {
  const wordsOf = ({ pattern: [first] }: Rule<Symbols, Value>): string[] | null =>
    first?.kind === 'words' ? first.words.map(([word = '']) => word) : null;
  const index = new Map<string, Rule<Symbols, Value>[]>([['', []]]);
  for (const word of rules.flatMap((rule) => wordsOf(rule) ?? [])) index.set(word, []);
  for (const rule of rules)
    for (const word of new Set(wordsOf(rule) ?? index.keys())) index.get(word)?.push(rule);
  return index;
}

interface Found<Value> {
  value: Value;
  end: number;
}

interface State {
  end: number;
  values: readonly (readonly [symbol: unknown, value: unknown])[];
}

const NONE: readonly never[] = [];
/** Nobody says what has more readings; "the week before the week before …" has ever more. */
const MOST_READINGS = 8;

/** Reads one phrase by a grammar. Every symbol is read once at a place, so time is linear. */
export class Parse<Symbols extends object> {
  private readonly memo = new Map<keyof Symbols, (readonly Found<unknown>[])[]>();
  private readonly grammar: Grammar<Symbols>;
  private readonly tokens: readonly Token[];
  private readonly reading: Reading;

  constructor(grammar: Grammar<Symbols>, tokens: readonly Token[], reading: Reading) {
    this.grammar = grammar;
    this.tokens = tokens;
    this.reading = reading;
  }

  /** The longest reading of a symbol at a place; of two, the rule that stands first. */
  longest<Name extends keyof Symbols>(symbol: Name, at: number): Found<Symbols[Name]> | null {
    return this.read(symbol, at).reduce<Found<Symbols[Name]> | null>(
      (best, found) => (best === null || found.end > best.end ? found : best),
      null,
    );
  }

  private read<Name extends keyof Symbols>(
    symbol: Name,
    at: number,
  ): readonly Found<Symbols[Name]>[] {
    const token = this.tokens[at];
    const definition = this.grammar.definitions[symbol];
    if (token === undefined) return NONE;
    if (typeof definition === 'function') {
      const value = definition(token, this.tokens[at - 1], this.tokens[at + 1]);
      return value === null ? NONE : [{ value, end: at + 1 }];
    }
    const memo = this.memo.get(symbol) ?? [];
    this.memo.set(symbol, memo);
    const known = memo[at];
    if (known !== undefined) return known as readonly Found<Symbols[Name]>[];
    // A symbol that begins with itself finds nothing here, and ends.
    memo[at] = NONE;
    const found: Found<Symbols[Name]>[] = [];
    for (const { pattern, read } of this.grammar.startingWith(definition, token.text)) {
      for (const state of this.match(pattern, at)) {
        // Of two readings up to one place the first rule's counts, or they would multiply.
        if (found.length === MOST_READINGS || found.some(({ end }) => end === state.end)) continue;
        const value = read(this.around(state, at));
        if (value !== null) found.push({ value, end: state.end });
      }
    }
    memo[at] = found;
    return found;
  }

  private match(pattern: readonly Element[], at: number): readonly State[] {
    let states: readonly State[] = [{ end: at, values: [] }];
    for (const [index, one] of pattern.entries()) {
      const next = states.flatMap((state) => this.step(one, state, at));
      states = one.optional && index > 0 ? [...next, ...states] : next;
      if (states.length === 0) break;
    }
    return states;
  }

  private step(one: Element, state: State, at: number): readonly State[] {
    const { end, values } = state;
    if (one.kind === 'symbol')
      return this.read(one.symbol as keyof Symbols, end).map((found) => ({
        end: found.end,
        values: [...values, [one.symbol, found.value]],
      }));
    if (one.kind === 'look') {
      const seen = this.tokens[one.behind ? at - 1 : end];
      return one.words.some((word) => looksLike(seen, word)) === one.wanted ? [state] : [];
    }
    const follows = (words: readonly string[]): boolean =>
      words.every((word, index) => this.tokens[end + index]?.text === word);
    return one.words.filter(follows).map((words) => ({ end: end + words.length, values }));
  }

  private around({ end, values }: State, at: number): Match<Symbols> {
    const { tokens, reading } = this;
    const token = (offset: number): Token | undefined =>
      tokens[offset < 0 ? at + offset : end + offset];
    const all = <Name extends keyof Symbols>(symbol: Name): Symbols[Name][] =>
      values.flatMap(([name, value]) => (name === symbol ? [value as Symbols[Name]] : []));
    return {
      all,
      token,
      reading,
      find: (symbol) => all(symbol)[0],
      get: (symbol) => {
        const [first] = all(symbol);
        if (first === undefined) throw new RangeError(`the rule has no ${String(symbol)}`);
        return first;
      },
      said: (...words) => tokens.slice(at, end).some(({ text }) => words.includes(text)),
      word: (offset) => token(offset)?.text ?? '',
    };
  }
}

function looksLike(token: Token | undefined, word: string): boolean {
  if (word === '.') return token === undefined;
  if (word === '#') return token !== undefined && /^\d/.test(token.text);
  return word.startsWith('*') ? token?.text.endsWith(word.slice(1)) === true : token?.text === word;
}
