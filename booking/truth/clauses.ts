import type { Lexicon } from './lexicon/words.ts';

/** A part of a sentence with a verb of its own, as far as commas and conjunctions tell. */
export interface Clause {
  start: number;
  end: number;
  isQuestion: boolean;
  /** The caller's words, or somebody's. */
  isReported: boolean;
}

/** Ends a clause, but not an abbreviation and not a number. */
const BREAK =
  /[;:!?…]+(?=\s|$)|\.(?=\s+\p{Lu})|,(?=\s)|\s[–—-](?=\s)|\s(?=(?:and|but|und|aber|y|pero|et|mais|e|mas|ma|ed)\s)/gu;
/** Begins anew after somebody's words. */
const RESTART =
  /^[\s,]*(?:but|aber|pero|mais|mas|ma|so|also|i|we|i've|we've|ich|wir|yo|je|j'ai|nous|eu|io|noi|ho|he|abbiamo)(?![\p{L}])/iu;
const AS = /(?:as|like|wie|como|comme|come)\s*$/iu;

/** Cuts a sentence into its clauses. */
export function cutClauses(text: string, lexicon: Lexicon): Clause[] {
  const bounds = [...text.matchAll(BREAK)].map(
    ({ index, 0: words }) => index + words.trimStart().length,
  );
  const ends = [...bounds.filter((end) => end > 0 && end < text.trimEnd().length), text.length];
  const clauses: Clause[] = [];
  for (const [index, end] of ends.entries()) {
    clauses.push({ start: ends[index - 1] ?? 0, end, isQuestion: false, isReported: false });
  }
  markQuestions(text, clauses, lexicon);
  markReported(text, clauses, lexicon);
  return clauses;
}

/** The clause in which this character stands; the last one behind them all. */
export function clauseAt(clauses: readonly Clause[], at: number): Clause {
  const clause = clauses.find(({ start, end }) => at >= start && at < end) ?? clauses.at(-1);
  return clause ?? { start: 0, end: 0, isQuestion: false, isReported: false };
}

/** Whether a sentence asks, statements with a tag such as "right?" aside. */
export function asks(text: string, lexicon: Lexicon): boolean {
  return lexicon.question.test(text) || /[?]["'”’»)]*\s*$/u.test(text) || text.includes('¿');
}

function markQuestions(text: string, clauses: Clause[], lexicon: Lexicon): void {
  const [first] = clauses;
  if (first && lexicon.question.test(text)) first.isQuestion = true;
  for (const clause of clauses) {
    const words = text.slice(clause.start, clause.end);
    if (
      /¿/u.test(words) ||
      lexicon.question.test(words.replace(/^\s*(?:and|or|und|oder|y|o|et|ou|e)\s/iu, ''))
    ) {
      clause.isQuestion = true;
    }
  }
  const last = clauses.at(-1);
  if (!last || !/[?]["'”’»)]*\s*$/u.test(text)) return;
  const tag = lexicon.tag.exec(text);
  // "You are booked, right?" claims it; its tag asks.
  if (!tag || clauseAt(clauses, tag.index + 1).start < tag.index - 1)
    last.isQuestion = tag === null;
  else last.isQuestion = true;
}

function markReported(text: string, clauses: Clause[], lexicon: Lexicon): void {
  let goesOn = false;
  for (const clause of clauses) {
    const words = text.slice(clause.start, clause.end);
    const match = lexicon.reported.exec(words);
    if (match && !AS.test(words.slice(0, match.index))) goesOn = true;
    else if (RESTART.test(words)) goesOn = false;
    clause.isReported = goesOn;
  }
}
