import { asksAgain } from './caller/asks-again.ts';
import type { Caller } from './caller/caller.ts';
import { isHeardState } from './caller/heard-states.ts';
import type { Speech } from './caller/speech.ts';
import type { Turn } from './scenario/turn-schema.ts';

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
  /** When the caller, asked to, said it a second time, on the call's clock; null where once was enough. */
  repeatedAt: number | null;
}

function describe(turn: Turn): string {
  switch (turn.kind) {
    case 'hear':
      return turn.expected.kind === 'state' ? turn.expected.state : String(turn.expected.pattern);
    case 'say':
    case 'interrupt':
    case 'type':
      return turn.text;
    case 'play':
      return turn.text ?? turn.sound.file;
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

/** What the caller said last, while it is not known whether it was understood. */
interface Sentence {
  step: Step;
  samples: Int16Array;
  /** What the agent had said before it. */
  before: string;
}

/**
 * Plays the turns until one fails, the agent leaves or the caller hangs up. Does not hang up by itself at the end.
 *
 * A caller who is asked to, or asked the same again, says the last sentence a second time, as people do; asked once
 * more, the turn that listens has failed. What is typed is never repeated: it cannot be misheard.
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
  let sentence: Sentence | undefined;

  function finished(): boolean {
    if (caller.agentLeft) return true;
    if (caller.agentState !== 'listening') return false;
    return caller.isSilent
      ? caller.words.areComplete
      : caller.meter.quietFor(caller.now()) >= finishedAfter;
  }

  async function type(text: string): Promise<Result> {
    since = caller.now();
    sentence = undefined;
    await caller.type(text);
    return { ok: true, detail: '', handedOverAt: caller.now() };
  }

  async function speak(turn: Turn, step: Step): Promise<Result> {
    const samples = speech.get(turn) ?? new Int16Array(0);
    sentence = { step, samples, before: caller.words.heardSince(since) };
    since = caller.now();
    const { startedAt, endedAt } = await caller.say(samples);
    return { ok: true, detail: '', actedAt: startedAt, handedOverAt: endedAt };
  }

  async function hear(turn: Extract<Turn, { kind: 'hear' }>): Promise<Result> {
    const { expected, withinSeconds, optional } = turn;
    const listenedSince = caller.now();
    const fits = (said: string): boolean =>
      expected.kind === 'state' ? isHeardState(expected.state, said) : expected.pattern.test(said);
    const isAskedAgain = (said: string): boolean =>
      sentence !== undefined && !caller.agentLeft && asksAgain(said, sentence.before);
    const settled = await caller.waitUntil(
      () => {
        const said = caller.words.heardSince(since);
        return (fits(said) || isAskedAgain(said)) && finished();
      },
      withinSeconds * 1000,
      () => caller.meter.speaking && caller.now() - listenedSince < longestSpeech,
    );
    const said = caller.words.heardSince(since);
    if (settled && fits(said)) {
      sentence = undefined;
      return { ok: true, detail: said };
    }
    if (settled && sentence?.step.repeatedAt === null) {
      since = caller.now();
      sentence.step.repeatedAt = since;
      await caller.say(sentence.samples);
      return hear(turn);
    }
    if (optional) return { ok: true, detail: said };
    if (settled) {
      return {
        ok: false,
        detail: `asked again after the caller had repeated it; heard: "${said}"`,
      };
    }
    const state = caller.agentLeft
      ? 'the agent had left'
      : `the agent was ${caller.agentState ?? 'not there'}`;
    return {
      ok: false,
      detail: `not heard within ${withinSeconds} s (${state}); heard: "${said}"`,
    };
  }

  async function play(turn: Turn, step: Step): Promise<Result> {
    switch (turn.kind) {
      case 'hear':
        return hear(turn);
      case 'say':
      case 'play': {
        if (
          !(await caller.waitUntil(() => caller.agentLeft || !caller.meter.speaking, politeness))
        ) {
          return { ok: false, detail: 'the agent did not stop speaking' };
        }
        if (caller.agentLeft) {
          return { ok: false, detail: 'the agent had left' };
        }
        return caller.isSilent ? type(turn.text ?? '') : speak(turn, step);
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
        const spoken = await speak(turn, step);
        const { actedAt: startedAt = 0 } = spoken;
        const spokenOver = caller.meter.utterances.findLast(
          (utterance) => utterance.start < startedAt,
        );
        const fellSilent = await caller.waitUntil(() => spokenOver?.end !== null, yielding);
        const detail = fellSilent
          ? `the agent fell silent after ${Math.max(0, Math.round((spokenOver?.end ?? startedAt) - startedAt))} ms`
          : 'the agent spoke on';
        return { ...spoken, ok: fellSilent, detail };
      }
      case 'type':
        return type(turn.text);
      case 'press':
        since = caller.now();
        sentence = undefined;
        await caller.press(turn.keys);
        return { ok: true, detail: '', handedOverAt: caller.now() };
      case 'wait':
        await caller.waitUntil(() => caller.agentLeft, turn.seconds * 1000);
        return { ok: true, detail: '' };
      case 'noise': {
        const heard = await speak(turn, step);
        // There is nothing in it to say again.
        sentence = undefined;
        return heard;
      }
      case 'hangUp':
        await caller.hangUp();
        return { ok: true, detail: '' };
    }
  }

  for (const [index, turn] of turns.entries()) {
    const startedAt = caller.now();
    const step: Step = {
      number: index + 1,
      kind: turn.kind,
      text: describe(turn),
      ok: false,
      detail: '',
      startedAt,
      endedAt: startedAt,
      latency: null,
      repeatedAt: null,
    };
    const { ok, detail, actedAt, handedOverAt } = await play(turn, step);
    Object.assign(step, { ok, detail, startedAt: actedAt ?? startedAt, endedAt: caller.now() });
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
