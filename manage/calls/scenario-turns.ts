import type { WholeCall } from '../../db/calls/whole-call.ts';
import type { StandIns } from './stand-ins.ts';

/** A turn of a scenario, as its file has it. */
export type ScenarioTurn =
  | { hear: 'greeting' | 'question'; within?: number }
  | { say: string }
  /** A file of the caller's own voice, with what is said in it. */
  | { play: string; words: string }
  | { type: string }
  | { press: string }
  | { hangUp: true };

/** What the agent asks so is no question of the conversation. */
const ASKS_AGAIN = /\b(?:again|repeat|pardon|still there|hear you|did not get|didn['’]t get)\b/i;
const KEYS = /^\[keys: (.*)\]$/;
/** What was tapped and typed into fields; a scenario types the same words. */
const ON_PAGE = /^\[on the page: (.*?)(?: \(slot_id \S+\))?\]$/;
/** In place of what was keyed in as a secret. */
const SOME_KEYS = '1234';
/** Seconds that a scenario waits for an answer unless it says otherwise. */
const PATIENCE = 20;
const LONGEST_PATIENCE = 300;

type Turn = WholeCall['turns'][number];

/**
 * The caller's side of a call: what they said, typed and keyed in, and what they listened to before
 * it. What the agent said is not asked for word for word: that is what may be wrong.
 *
 * @param fileOf the file of a turn's sound, where there is one. It is not asked for a turn in which
 *   something was made up: the sound would say the true name
 */
export function scenarioTurns(
  call: WholeCall,
  standIns: StandIns,
  fileOf: (turn: Turn) => string | null = () => null,
): ScenarioTurn[] {
  const turns: ScenarioTurn[] = [];
  let heard: Turn[] = [];
  let spokeAt: Date | null = null;
  const listen = (): void => {
    if (heard.length > 0) turns.push(hearing(heard, spokeAt));
    heard = [];
  };
  for (const turn of call.turns) {
    if (turn.role === 'agent') heard.push(turn);
    else {
      listen();
      const said = speaking(turn, call.line, standIns);
      const file = 'say' in said && said.say === turn.text ? fileOf(turn) : null;
      turns.push(file === null ? said : { play: file, words: turn.text });
      spokeAt = turn.at;
    }
  }
  listen();
  if (call.endedBy === 'caller' || turns.length === 0) turns.push({ hangUp: true });
  return turns;
}

function hearing(said: readonly Turn[], spokeAt: Date | null): ScenarioTurn {
  const last = said.at(-1)?.text ?? '';
  const isQuestion = /\?["')\s]*$/.test(last) && !ASKS_AGAIN.test(last);
  const first = said[0]?.at ?? spokeAt;
  const waited = spokeAt && first ? (first.getTime() - spokeAt.getTime()) / 1_000 : 0;
  const within = Math.min(LONGEST_PATIENCE, Math.ceil(PATIENCE + waited * 2));
  return {
    hear: isQuestion ? 'question' : 'greeting',
    ...(waited > PATIENCE / 2 ? { within } : {}),
  };
}

function speaking(
  { medium, text }: Turn,
  line: WholeCall['line'],
  standIns: StandIns,
): ScenarioTurn {
  const said = standIns.said(text);
  if (line === 'phone') {
    const keys = KEYS.exec(said)?.[1];
    if (keys === undefined) return { say: said };
    return { press: /^[\d*#]+$/.test(keys) ? keys : SOME_KEYS };
  }
  return medium === 'text' ? { type: ON_PAGE.exec(said)?.[1] ?? said } : { say: said };
}
