import type { Caller } from './caller/caller.ts';
import { isHeardState } from './caller/heard-states.ts';
import { speechlikeNoise } from './caller/noise.ts';
import type { Scenario } from './scenario/scenario-schema.ts';
import type { Turn } from './scenario/turn-schema.ts';
import type { Voice } from './caller/voice.ts';

/** Silence after which a listener takes a speaker to have finished, in milliseconds. */
const finishedAfter = 700;

/** How long a caller who does not interrupt waits for the agent to be quiet, in milliseconds. */
const politeness = 20_000;

/** A listener lets a speaker finish, but not for longer than this, in milliseconds. */
const longestSpeech = 60_000;

/** An agent must be speaking for this long before somebody interrupts it, in milliseconds. */
const beforeInterrupting = 800;

/** An agent must have fallen silent so long after the interruption's last word, in milliseconds. */
const yielding = 1_000;

/** What {@link speechlikeNoise} turns around. */
const murmur =
  'the quick brown fox jumps over the lazy dog and a man in the street sells fresh bread every morning';

/** One turn as it went. */
export interface Step {
  number: number;
  kind: Turn['kind'];
  /** What was said, typed or waited for. */
  text: string;
  ok: boolean;
  /** What was heard, or why it failed. */
  detail: string;
  /** Start and end on the call's clock, in milliseconds. */
  startedAt: number;
  endedAt: number;
  /** From the end of what the caller said or typed to the agent's first sound, in milliseconds. */
  latency: number | null;
}

/** Everything a scenario's caller says, spoken beforehand: a synthesis in the middle of a call would stop its line. */
export type Speech = ReadonlyMap<Turn, Int16Array>;

/** What only a voice can do, and typing cannot. */
const SPOKEN_ONLY: readonly Turn['kind'][] = ['interrupt', 'noise', 'press'];

/** The first turn that cannot be typed; undefined where a scenario can be played by text. */
export function findSpokenOnly({ turns }: Scenario): Turn['kind'] | undefined {
  return turns.find(({ kind }) => SPOKEN_ONLY.includes(kind))?.kind;
}

/** Prepares what the caller says. */
export async function prepareSpeech(scenario: Scenario, voice: Voice): Promise<Speech> {
  const speech = new Map<Turn, Int16Array>();
  for (const turn of scenario.turns) {
    if (turn.kind === 'say' || turn.kind === 'interrupt') {
      speech.set(turn, await voice.speak(scenario.caller.voice, turn.text));
    } else if (turn.kind === 'noise') {
      speech.set(
        turn,
        speechlikeNoise(await voice.speak(scenario.caller.voice, murmur), turn.seconds),
      );
    }
  }
  return speech;
}

function describe(turn: Turn): string {
  switch (turn.kind) {
    case 'hear':
      return turn.expected.kind === 'state' ? turn.expected.state : String(turn.expected.pattern);
    case 'say':
    case 'interrupt':
    case 'type':
      return turn.text;
    case 'press':
      return turn.keys;
    case 'wait':
    case 'noise':
      return `${turn.seconds} s`;
    case 'hangUp':
      return '';
  }
}

interface Result {
  ok: boolean;
  detail: string;
  /** When the caller began, for turns that wait first. */
  actedAt?: number;
  /** When the agent's turn began: the caller's words or message had gone out. */
  handedOverAt?: number;
}

/**
 * Plays the turns until one fails, the agent leaves or the caller hangs up. Does not hang up by itself at the end.
 */
export async function playTurns(
  turns: readonly Turn[],
  caller: Caller,
  speech: Speech,
): Promise<Step[]> {
  const steps: Step[] = [];
  const handedOver = new Map<Step, number>();
  /** What the agent began to say before this instant is no answer to the caller's last turn. */
  let since = 0;

  function finished(): boolean {
    if (caller.agentLeft) return true;
    if (caller.agentState !== 'listening') return false;
    return caller.isSilent
      ? caller.words.areComplete
      : caller.meter.quietFor(caller.now()) >= finishedAfter;
  }

  async function type(text: string): Promise<Result> {
    since = caller.now();
    await caller.type(text);
    return { ok: true, detail: '', handedOverAt: caller.now() };
  }

  async function play(turn: Turn): Promise<Result> {
    switch (turn.kind) {
      case 'hear': {
        const { expected } = turn;
        const listenedSince = caller.now();
        const heard = await caller.waitUntil(
          () => {
            const said = caller.words.heardSince(since);
            const fits =
              expected.kind === 'state'
                ? isHeardState(expected.state, said)
                : expected.pattern.test(said);
            return fits && finished();
          },
          turn.withinSeconds * 1000,
          () => caller.meter.speaking && caller.now() - listenedSince < longestSpeech,
        );
        const said = caller.words.heardSince(since);
        if (heard || turn.optional) {
          return { ok: true, detail: said };
        }
        const state = caller.agentLeft
          ? 'the agent had left'
          : `the agent was ${caller.agentState ?? 'not there'}`;
        return {
          ok: false,
          detail: `not heard within ${turn.withinSeconds} s (${state}); heard: "${said}"`,
        };
      }
      case 'say': {
        if (
          !(await caller.waitUntil(() => caller.agentLeft || !caller.meter.speaking, politeness))
        ) {
          return { ok: false, detail: 'the agent did not stop speaking' };
        }
        if (caller.agentLeft) {
          return { ok: false, detail: 'the agent had left' };
        }
        if (caller.isSilent) return type(turn.text);
        since = caller.now();
        const { startedAt, endedAt } = await caller.say(speech.get(turn) ?? new Int16Array(0));
        return { ok: true, detail: '', actedAt: startedAt, handedOverAt: endedAt };
      }
      case 'interrupt': {
        const speaking = () => {
          const utterance = caller.meter.utterances.at(-1);
          return (
            utterance !== undefined &&
            utterance.end === null &&
            caller.now() - utterance.start >= beforeInterrupting
          );
        };
        if (!(await caller.waitUntil(speaking, turn.withinSeconds * 1000))) {
          return { ok: false, detail: `the agent did not speak within ${turn.withinSeconds} s` };
        }
        since = caller.now();
        const { startedAt, endedAt } = await caller.say(speech.get(turn) ?? new Int16Array(0));
        const spokenOver = caller.meter.utterances.findLast(
          (utterance) => utterance.start < startedAt,
        );
        const fellSilent = await caller.waitUntil(() => spokenOver?.end !== null, yielding);
        const detail = fellSilent
          ? `the agent fell silent after ${Math.max(0, Math.round((spokenOver?.end ?? startedAt) - startedAt))} ms`
          : 'the agent spoke on';
        return { ok: fellSilent, detail, actedAt: startedAt, handedOverAt: endedAt };
      }
      case 'type':
        return type(turn.text);
      case 'press':
        since = caller.now();
        await caller.press(turn.keys);
        return { ok: true, detail: '', handedOverAt: caller.now() };
      case 'wait':
        await caller.waitUntil(() => caller.agentLeft, turn.seconds * 1000);
        return { ok: true, detail: '' };
      case 'noise': {
        since = caller.now();
        const { endedAt } = await caller.say(speech.get(turn) ?? new Int16Array(0));
        return { ok: true, detail: '', handedOverAt: endedAt };
      }
      case 'hangUp':
        await caller.hangUp();
        return { ok: true, detail: '' };
    }
  }

  for (const [index, turn] of turns.entries()) {
    const startedAt = caller.now();
    const { ok, detail, actedAt, handedOverAt } = await play(turn);
    const step: Step = {
      number: index + 1,
      kind: turn.kind,
      text: describe(turn),
      ok,
      detail,
      startedAt: actedAt ?? startedAt,
      endedAt: caller.now(),
      latency: null,
    };
    steps.push(step);
    if (handedOverAt !== undefined) {
      handedOver.set(step, handedOverAt);
    }
    if (!ok) {
      break;
    }
  }
  measureLatencies(handedOver, caller);
  return steps;
}

/** The agent's first sound after each thing said or typed, unless the caller went on before it came. */
function measureLatencies(handedOver: ReadonlyMap<Step, number>, caller: Caller): void {
  const instants = [...handedOver.values()];
  for (const [step, at] of handedOver) {
    const sound = caller.meter.firstSoundAfter(at);
    const next = instants.find((instant) => instant > at);
    if (sound !== null && (next === undefined || sound < next)) {
      step.latency = Math.round(sound - at);
    }
  }
}
