/** The decoder adds the weights' logarithms without its language weight; 3 measured best of 1 to 6. */
const WEIGHT_EXPONENT = 3;

/** JSGF rules by name; a body refers to others as `<name>`. */
export type Rules = Record<string, string>;

/** Joins phrases to a JSGF alternative without weights, each once. */
export function alternatives(phrases: readonly string[]): string {
  return [...new Set(phrases)].join(' | ');
}

/** Joins words that are listed from the most to the least common; the first weighs ten times the hundredth. */
export function commonFirst(words: readonly string[]): string {
  return words
    .map((word, index) => `/${(10 / Math.sqrt(index + 1)).toFixed(2)}/ ${word}`)
    .join(' | ');
}

/** Joins alternatives with their weights; those without a phrase are left out. */
export function weighted(
  choices: readonly (readonly [weight: number, phrase: string | null])[],
): string {
  return choices
    .filter(([, phrase]) => phrase !== null && phrase !== '')
    .map(([weight, phrase]) => `/${weight}/ ${phrase}`)
    .join(' | ');
}

/**
 * Writes a JSGF grammar whose sentence is `turn`, with the rules it needs and no others.
 * @throws RangeError when a rule refers to one that is not given.
 */
export function writeGrammar(turn: string, rules: Rules): string {
  const needed = new Map<string, string>();
  const collect = (body: string): void => {
    for (const [, name] of body.matchAll(/<(\w+)>/g)) {
      // <NULL> is JSGF's own: nothing is said.
      if (name === undefined || name === 'NULL' || needed.has(name)) continue;
      const rule = rules[name];
      if (rule === undefined) throw new RangeError(`The grammar has no rule <${name}>`);
      needed.set(name, rule);
      collect(rule);
    }
  };
  collect(turn);
  const lines = [...needed].map(([name, body]) => `<${name}> = ${body};`);
  return ['#JSGF V1.0;', 'grammar turn;', `public <turn> = ${turn};`, ...lines]
    .join('\n')
    .replace(
      /\/([\d.]+)\//g,
      (_, weight: string) => `/${(Number(weight) ** WEIGHT_EXPONENT).toFixed(6)}/`,
    );
}
