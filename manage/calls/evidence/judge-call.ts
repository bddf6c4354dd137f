import type { Falsehood } from '../../../booking/truth/judge.ts';
import { judgeSentence } from '../../../booking/truth/judge-sentence.ts';
import { lexiconFor } from '../../../booking/truth/lexicon/lexicon.ts';
import type { ClaimKind } from '../../../booking/truth/claims.ts';
import { cutSentences } from '../../../booking/truth/sentences.ts';
import type { Agent } from '../../../db/agents.ts';
import type { WholeCall } from '../../../db/calls/whole-call.ts';
import { findEvidence } from './find-evidence.ts';
import type { CallAppointmentState, Evidence } from './find-evidence.ts';
import { RecordedFacts } from './recorded-facts.ts';

/** A sentence of the agent that claims something of times or appointments. */
export interface ClaimingSentence {
  /** Which turn of the call, and from where to before where in its text. */
  turn: number;
  start: number;
  end: number;
  claims: ClaimKind[];
  /**
   * `true`: what is on record bears it out. `corrected`: it was heard, and taken back. `false`: what is on
   * record says otherwise, and nobody took it back. `unproven`: nothing on record bears it out.
   */
  verdict: 'true' | 'corrected' | 'false' | 'unproven';
  why: string | null;
  evidence: Evidence[];
  /** What was said instead. */
  correction: string | null;
}

/** A sentence that was stopped before it was heard, or taken back after it was. */
export interface Correction {
  at: Date;
  kind: 'stopped' | 'corrected';
  why: string | null;
  /** Null once they are forgotten. */
  words: string | null;
  /** What was said instead. */
  instead: string | null;
}

export interface JudgedCall {
  sentences: ClaimingSentence[];
  corrections: Correction[];
}

export interface JudgedAbout {
  agent: Pick<Agent, 'instructions' | 'businessName' | 'name' | 'language'> | undefined;
  /** IANA: the caller's. */
  timeZone: string;
  /** IANA: of the calendars that the agent books. */
  calendarTimeZones: readonly string[];
  /** Who takes what the agent books. */
  hosts: readonly string[];
  /** That the call was about, as they stand by now. */
  appointments: readonly CallAppointmentState[];
  /** What is held for it now. */
  holds: readonly { startAt: Date; expiresAt: Date }[];
}

/** Milliseconds by which the clock of a turn may be behind that of what it tells of. */
const SLACK = 500;
/** What the ledger would have on record if it were true; of the rest we may not have heard all. */
const SURELY_FALSE: ReadonlySet<Falsehood> = new Set([
  'not-booked',
  'not-moved',
  'not-cancelled',
  'weekday-of-date',
]);

/**
 * Holds what the agent said in a call to what is on record of it, sentence by sentence, by the rules by
 * which it was held to it while it was said.
 */
export function judgeCall(call: WholeCall, about: JudgedAbout): JudgedCall {
  const placed = call.marks.flatMap((mark) => correctionOf(mark, call.turns) ?? []);
  const facts = new RecordedFacts(call, about);
  const sentences = call.turns.flatMap(({ at, role, text }, turn) => {
    if (role !== 'agent') return [];
    facts.advanceTo(new Date(at.getTime() + SLACK));
    const now = facts.at(at);
    const usual = lexiconFor(facts.language);
    return cutSentences(text, true).flatMap((sentence): ClaimingSentence[] => {
      const { said, verdict } = judgeSentence(sentence.text, usual, now);
      const claims = said.claims.map(({ kind }) => kind).filter((kind) => kind !== 'not-free');
      if (verdict.is === 'nothing' || (claims.length === 0 && verdict.is === 'true')) return [];
      const { appointments, holds } = about;
      const sources = { facts, intents: call.intents, appointments, holds };
      const place = { turn, start: sentence.start, end: sentence.end, claims };
      const takenBack = placed.find((one) => one.turn === turn && isSame(one, sentence));
      if (takenBack) {
        const { why, instead } = takenBack.correction;
        return [{ ...place, verdict: 'corrected', why, evidence: [], correction: instead }];
      }
      if (verdict.is !== 'false') {
        const evidence = findEvidence(said, now, sources);
        return [{ ...place, verdict: 'true', why: null, evidence, correction: null }];
      }
      const { why } = verdict;
      const is = SURELY_FALSE.has(why) ? 'false' : 'unproven';
      return [{ ...place, verdict: is, why, evidence: [], correction: null }];
    });
  });
  return { sentences, corrections: placed.map(({ correction }) => correction) };
}

/** A correction, and the turn in which the sentence stands that it took back. */
interface PlacedCorrection {
  correction: Correction;
  /** -1: in none. */
  turn: number;
}

function correctionOf(
  { at, kind: mark, details, words }: WholeCall['marks'][number],
  turns: WholeCall['turns'],
): PlacedCorrection | null {
  const kind = mark === 'truth.stopped' ? 'stopped' : 'corrected';
  if (mark !== `truth.${kind}`) return null;
  const why = typeof details['why'] === 'string' ? details['why'] : null;
  const next = turns.find((turn) => turn.role === 'agent' && turn.at >= at);
  const correction: Correction = { at, kind, why, words, instead: next?.text ?? null };
  const turn = turns.findLastIndex(
    ({ role, at: saidAt, text }) =>
      kind === 'corrected' &&
      role === 'agent' &&
      saidAt <= at &&
      cutSentences(text, true).some((sentence) => isSame({ correction }, sentence)),
  );
  return { correction, turn };
}

/** Whether it took back this sentence, whose end was perhaps not heard any more. */
function isSame(
  { correction: { words } }: Pick<PlacedCorrection, 'correction'>,
  { text }: { text: string },
): boolean {
  const [one, other] = [plain(words ?? ''), plain(text)];
  return one !== '' && other !== '' && (one.startsWith(other) || other.startsWith(one));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
