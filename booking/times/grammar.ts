import type { Token } from './tokens.ts';
import type { Reading } from './wish.ts';

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

/** What patterns mean; a rule answers null where the words around it deny it. */
export type Rules<Symbols, Value> = readonly {
  pattern: Pattern;
  read: (match: Match<Symbols>) => Value | null;
}[];
type Pattern = readonly ({ optional: boolean } & ({ words: string[][] } | { symbol: string }))[];

/**
 * Compiles patterns, several apart by " / ". `a|b` are words, `a_b` is two in a row, `{x}` is a
 * symbol, `?` makes any of them optional: "the? {nth} {weekday} in|of {period}".
 */
export function compile<Symbols, Value>(
  table: Readonly<Record<string, (match: Match<Symbols>) => Value | null>>,
): Rules<Symbols, Value> {
  return Object.entries(table).flatMap(([patterns, read]) =>
    patterns
      .split(/ \/ |\n/)
      .map((source) => ({ pattern: source.trim().split(/ +/).map(element), read })),
  );
}

function element(source: string): Pattern[number] {
  const optional = source.endsWith('?');
  const body = optional ? source.slice(0, -1) : source;
  const symbol = /^\{(\w+)\}$/.exec(body)?.[1];
  if (symbol !== undefined) return { symbol, optional };
  return { words: body.split('|').map((words) => words.split('_')), optional };
}

type OneToken<Value> = (token: Token, before?: Token, after?: Token) => Value | null;

/** The symbols of a grammar: one token looked up, or rules of its own. */
export type Definitions<Symbols> = {
  readonly [Name in keyof Symbols]: OneToken<Symbols[Name]> | Rules<Symbols, Symbols[Name]>;
};

/** Definitions, and which rules can begin with which word. */
export class Grammar<Symbols extends object> {
  readonly definitions: Definitions<Symbols>;
  private readonly known = new Map<unknown, Map<string, Rules<Symbols, unknown>>>();
  private readonly firsts = new Map<string, ReadonlySet<string> | null>();

  constructor(definitions: Definitions<Symbols>) {
    this.definitions = definitions;
  }

  /** The rules that can begin with this word, in their order. */
  startingWith<Value>(rules: Rules<Symbols, Value>, word: string): Rules<Symbols, Value> {
    const known = this.known.get(rules) ?? new Map<string, Rules<Symbols, unknown>>();
    this.known.set(rules, known);
    if (known.size === 0) {
      const words = rules.map(({ pattern }) => this.firstWords(pattern));
      const withWord = (one: string): Rules<Symbols, Value> =>
        rules.filter((_, index) => words[index]?.has(one) ?? true);
      for (const one of words.flatMap((set) => [...(set ?? [])])) known.set(one, withWord(one));
      known.set('', withWord(''));
    }
    return (known.get(word) ?? known.get('') ?? []) as Rules<Symbols, Value>;
  }

  /** Words that a pattern can begin with; null where it begins with a token of any kind. */
  private firstWords(pattern: Pattern): ReadonlySet<string> | null {
    const found = new Set<string>();
    for (const one of pattern) {
      const words =
        'words' in one ? new Set(one.words.map(([word = '']) => word)) : this.ofSymbol(one.symbol);
      if (words === null) return null;
      for (const word of words) found.add(word);
      if (!one.optional) return found;
    }
    return null;
  }

  private ofSymbol(symbol: string): ReadonlySet<string> | null {
    const known = this.firsts.get(symbol);
    if (known !== undefined) return known;
    this.firsts.set(symbol, null);
    const definition = this.definitions[symbol as keyof Symbols];
    if (typeof definition === 'function') return null;
    const sets = definition.map(({ pattern }) => this.firstWords(pattern));
    const words = sets.includes(null) ? null : new Set(sets.flatMap((set) => [...(set ?? [])]));
    this.firsts.set(symbol, words);
    return words;
  }
}

export interface Found<Value> {
  value: Value;
  end: number;
}

interface State {
  end: number;
  values: readonly (readonly [symbol: string, value: unknown])[];
}

const NONE: readonly never[] = [];

/** Reads one phrase by a grammar. Every symbol is read once at a place, so time is linear. */
export class Parse<Symbols extends object> {
  private readonly memo = new Map<string, (readonly Found<unknown>[])[]>();
  private readonly grammar: Grammar<Symbols>;
  private readonly tokens: readonly Token[];
  private readonly reading: Reading;

  constructor(grammar: Grammar<Symbols>, tokens: readonly Token[], reading: Reading) {
    this.grammar = grammar;
    this.tokens = tokens;
    this.reading = reading;
  }

  /** The longest reading of a symbol at a place; of two, the rule that stands first. */
  longest<Name extends keyof Symbols & string>(
    symbol: Name,
    at: number,
  ): Found<Symbols[Name]> | null {
    let best: Found<Symbols[Name]> | null = null;
    for (const found of this.read(symbol, at))
      if (best === null || found.end > best.end) best = found;
    return best;
  }

  private read<Name extends keyof Symbols & string>(
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
    for (const { pattern, read } of this.grammar.startingWith<Symbols[Name]>(
      definition,
      token.text,
    )) {
      for (const state of this.match(pattern, at)) {
        // Of two readings up to one place the first rule's counts, or they would multiply.
        if (found.some(({ end }) => end === state.end)) continue;
        const value = read(this.around(state, at));
        if (value !== null) found.push({ value, end: state.end });
      }
    }
    memo[at] = found;
    return found;
  }

  private match(pattern: Pattern, at: number): State[] {
    let states: State[] = [{ end: at, values: [] }];
    for (const one of pattern) {
      const next = states.flatMap((state) => this.step(one, state));
      states = one.optional ? [...next, ...states] : next;
      if (states.length === 0) return states;
    }
    return states.filter(({ end }) => end > at);
  }

  private step(one: Pattern[number], { end, values }: State): State[] {
    if ('words' in one)
      return one.words.flatMap((words) =>
        words.every((word, index) => this.tokens[end + index]?.text === word)
          ? [{ end: end + words.length, values }]
          : [],
      );
    const found = this.read(one.symbol as keyof Symbols & string, end);
    return found.map((state) => ({
      end: state.end,
      values: [...values, [one.symbol, state.value]],
    }));
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
