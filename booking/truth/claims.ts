import { asks, clauseAt, cutClauses } from './clauses.ts';
import type { Clause } from './clauses.ts';
import type { Lexicon } from './lexicon/words.ts';
import { readTimes } from './said-times.ts';
import type { SaidTime } from './said-times.ts';

/**
 * What a sentence may claim: that something was done, that a time is free or is not, that somebody
 * else has an appointment (`other`); of a `time` alone, that it is one of those that are known.
 */
export type ClaimKind = 'booked' | 'moved' | 'cancelled' | 'free' | 'not-free' | 'other' | 'time';

export interface Claim {
  kind: ClaimKind;
  /** Where in the sentence the words of it begin. */
  at: number;
  /** The words that claim it. */
  words: string;
}

/** A sentence as it is judged. */
export interface SaidSentence {
  claims: readonly Claim[];
  /** What is said of them is claimed. */
  times: readonly SaidTime[];
  /** Times that are asked about; somebody else's words, and what is denied, are in neither. */
  asked: readonly SaidTime[];
}

/** What is done comes before what is free; a cancelled booking is not booked. */
const DONE = ['cancelled', 'moved', 'other', 'booked'] as const;
/** What is no longer so was undone. */
const NO_LONGER = /^(?:no longer|ya no|não (?:\p{L}+ )?mais|nicht mehr|non più)/iu;
/** "That time is already booked" says that it is not free. */
const TAKEN_TIME = /(?:time|slot|spot|that|it|m|hour|\d|one)\s*$/iu;
const TO_CALLER =
  /(?<![\p{L}])(?:you|you're|your|for you|ihr|sie|su|usted|votre|vous|sua|seu|suo|lei)(?![\p{L}])/iu;

/** "Call us before Monday" says nothing of a Monday. */
const LIMIT =
  /(?:before|until|by|vor|bis zum|antes del?|avant|jusqu'à|prima di|entro|até)(?: the| el| le| il)?\s*$/iu;

/**
 * Reads what a sentence claims. One that goes on is read as far as it has come; what is yet to come
 * may make a question of it.
 */
export function readSentence(text: string, lexicon: Lexicon): SaidSentence {
  const all = readTimes(text, lexicon);
  const clauses = cutClauses(text, lexicon);
  const done = doneIn(text, clauses, lexicon);
  const proposes = all.length > 0 && matches(lexicon.proposal, text) && asks(text, lexicon);
  const isSaid = ({ at }: SaidTime): boolean => proposes || isStated(text, at, clauses, lexicon);
  const times = all.filter(isSaid);
  const asked = all.filter((time) => !isSaid(time) && clauseAt(clauses, time.at).isQuestion);
  const said = { times, asked };
  if (done.length > 0) return { ...said, claims: done };
  const notFree = firstOf(text, lexicon.claims.notFree, clauses);
  if (notFree) return { ...said, claims: [{ kind: 'not-free', ...notFree }] };
  if (proposes) return { ...said, claims: [{ kind: 'free', at: 0, words: text }] };
  const free =
    times.length > 0
      ? firstOf(text, lexicon.claims.free, clauses)
      : firstOf(text, lexicon.freeAlone, clauses);
  if (free && !isUnreal(text, free.at, clauses, lexicon)) {
    return { ...said, claims: [{ kind: 'free', ...free }] };
  }
  if (asks(text, lexicon)) return { claims: [], times: [], asked: [...times, ...asked] };
  return { ...said, claims: times.length > 0 ? [{ kind: 'time', at: 0, words: '' }] : [] };
}

/** Reads only what a sentence says was done, or is booked. */
export function readDone(text: string, lexicon: Lexicon): Claim[] {
  return doneIn(text, cutClauses(text, lexicon), lexicon).filter(({ kind }) => kind !== 'not-free');
}

function doneIn(text: string, clauses: readonly Clause[], lexicon: Lexicon): Claim[] {
  const claims: Claim[] = [];
  for (const kind of DONE) {
    for (const { index, 0: words } of text.matchAll(lexicon.claims[kind])) {
      const clause = clauseAt(clauses, index);
      if (clause.isQuestion || clause.isReported) continue;
      const end = index + words.length;
      if (claims.some(({ at, words: other }) => at < end && index < at + other.length)) continue;
      const before = text.slice(clause.start, index);
      const tail = text.slice(end, clause.end);
      const after = lexicon.language === 'de' ? tail : tail.split(/\s+/u).slice(0, 3).join(' ');
      if (matches(lexicon.negation, `${before}${words.replace(NO_LONGER, '')}${after}`)) continue;
      if (lexicon.condition.test(`${before} `) || lexicon.unreal.test(before)) continue;
      if (kind === 'booked' && /already|reserved|taken/iu.test(words) && isTime(before, lexicon)) {
        if (!TO_CALLER.test(text.slice(clause.start, clause.end))) {
          claims.push({ kind: 'not-free', at: index, words });
          continue;
        }
      }
      claims.push({ kind, at: index, words });
    }
  }
  return claims.sort((a, b) => a.at - b.at);
}

function isStated(text: string, at: number, clauses: readonly Clause[], lexicon: Lexicon): boolean {
  const clause = clauseAt(clauses, at);
  if (clause.isQuestion || clause.isReported) return false;
  return !isUnreal(text, at, clauses, lexicon);
}

/** Whether the words end with a time, or with a word for one. */
function isTime(words: string, { times }: Lexicon): boolean {
  const last = /[\p{L}\d]+(?=\s*$)/u.exec(words)?.[0].toLowerCase() ?? '';
  return TAKEN_TIME.test(words) || last in times.numbers;
}

/** Denied, or under a condition, or about to be done, or when the business is open. */
function isUnreal(text: string, at: number, clauses: readonly Clause[], lexicon: Lexicon): boolean {
  const { start, end } = clauseAt(clauses, at);
  const clause = text.slice(start, end);
  return (
    LIMIT.test(text.slice(start, at)) ||
    matches(lexicon.negation, clause) ||
    lexicon.intention.test(clause) ||
    lexicon.beside.test(text) ||
    lexicon.condition.test(`${text.slice(start, at)} `)
  );
}

function firstOf(
  text: string,
  pattern: RegExp,
  clauses: readonly Clause[],
): { at: number; words: string } | null {
  for (const { index, 0: words } of text.matchAll(pattern)) {
    const { isQuestion, isReported } = clauseAt(clauses, index);
    if (!isQuestion && !isReported) return { at: index, words };
  }
  return null;
}

function matches(pattern: RegExp, text: string): boolean {
  return text.search(pattern) !== -1;
}
