import { randomUUID } from 'node:crypto';
import type { realtime } from '@livekit/agents-plugin-openai';
import { isSaidMeanwhile } from './prompt.ts';
import { describeFailure, isFinalError, ModelFailedError } from './model-failure.ts';
import type { RealtimeError, RealtimeEvent } from './realtime-event.ts';

/** Milliseconds before a failed answer is asked for again; doubled each time. */
const PAUSE = 500;
/** The same, where too much was asked for in too short a time. */
const RATE_PAUSE = 1_000;
/** Failures in a row after which a call cannot go on; a silence counts as two. */
const MOST_FAILURES = 3;
/** How often one answer that came empty or cut is asked for again. */
const MOST_REPEATS = 2;
/** Milliseconds without a sign after which the model counts as silent. */
const SILENT_AFTER = 8_000;
/** Milliseconds; the plugin gives up an answer that was asked for and has not begun by then. */
const GIVEN_UP_AFTER = 10_000;
/** What an answer that came to nothing again and again is instead. */
const LAST_RESORT =
  'Say in one short sentence, in the language of the call, that you are sorry, and ask the caller to say it again in other words.';

/** An answer that the model was asked for, by a turn of the caller's or by us, and did not give yet. */
interface Debt {
  /** What it was told to say; without them any answer pays that begins later. */
  instructions: string | undefined;
  repeats: number;
  /** Of `performance.now()`: an answer that began before knows nothing of it. */
  since: number;
  /** It fills a pause: nobody misses it, and it pays for nothing else. */
  isFiller: boolean;
}

interface Asked {
  debt: Debt;
  at: number;
  silence: NodeJS.Timeout;
}

interface Begun {
  debt: Debt;
  at: number;
  /** Whether the plugin had given it up already. */
  isLate: boolean;
  hasOutput: boolean;
  /** Whether a tool was called: its result is answered, and that is owed then. */
  hasCall: boolean;
  silence: NodeJS.Timeout;
}

type Session = Pick<realtime.RealtimeSession, 'on' | 'sendEvent'>;

export interface OwedAnswersOptions {
  /** Opens another connection in place of one that the model is silent on. */
  renew: () => void;
  /** The model fails again and again, or for good: the call cannot go on. */
  onGivenUp: (error: ModelFailedError) => void;
}

/**
 * Sees to it that every answer that is owed is given, whatever becomes of the first one: it fails, comes
 * empty, is cut off by a filter or a limit, is refused because another one is active, is lost with its
 * connection, or nothing is heard of it. It is asked for again, with what it was told to say, once nothing
 * else is being answered. What a caller interrupts is not owed any more: their next words are answered.
 */
export function oweAnswers(session: Session, options: OwedAnswersOptions): OwedAnswers {
  const answers = new OwedAnswers(session, options);
  session.on('openai_client_event_queued', (event: RealtimeEvent) => answers.sent(event));
  session.on('openai_server_event_received', (event: RealtimeEvent) => answers.received(event));
  session.on('session_reconnected', () => answers.reconnected());
  return answers;
}

/** See {@link oweAnswers}. */
export class OwedAnswers {
  readonly #session: Session;
  readonly #options: OwedAnswersOptions;
  /** Asked for by us, and not sent yet: by the id of the event. */
  readonly #waiting = new Map<string, Debt>();
  /** By the id of the event that asked. */
  readonly #asked = new Map<string, Asked>();
  /** By the id of the response that is being given. */
  readonly #begun = new Map<string, Begun>();
  /** A turn of the caller's that no response has begun to. */
  #turn: NodeJS.Timeout | undefined;
  /** To be asked for again. */
  #owed: Debt[] = [];
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #isCallerSpeaking = false;
  #isGivenUp = false;

  constructor(session: Session, options: OwedAnswersOptions) {
    this.#session = session;
    this.#options = options;
  }

  /** Something came that the model has to tell, and that nobody asks it for. */
  owe(): void {
    this.#owe(newDebt(undefined), 0);
  }

  /** To be told of every event that goes to the model. */
  sent({ type, event_id: id, response }: RealtimeEvent): void {
    if (type !== 'response.create' || id === undefined) return;
    const debt = this.#waiting.get(id) ?? newDebt(response?.instructions);
    this.#waiting.delete(id);
    const silence = this.#whenSilent(() => {
      if (this.#asked.delete(id)) this.#silent(debt);
    });
    this.#asked.set(id, { debt, at: performance.now(), silence });
  }

  /** To be told of every event that the model sends. */
  received(event: RealtimeEvent): void {
    const begun = this.#begun.get(event.response_id ?? '');
    begun?.silence.refresh();
    switch (event.type) {
      case 'input_audio_buffer.speech_started':
        // The turn that begins is answered, and that answer pays them.
        this.#forgiveUntold(Infinity);
        this.#takeTurn();
        this.#isCallerSpeaking = true;
        break;
      case 'input_audio_buffer.committed':
        this.#isCallerSpeaking = false;
        this.#takeTurn();
        this.#turn = this.#whenSilent(() => this.#silent(newDebt(undefined)));
        break;
      case 'response.created':
        this.#begin(event.response);
        break;
      case 'response.output_item.added':
        if (begun) begun.hasOutput = true;
        break;
      case 'response.output_item.done':
        if (begun && event.item?.type === 'function_call') begun.hasCall = true;
        break;
      case 'response.done':
        this.#end(event.response);
        break;
      case 'error':
        this.#refused(event.error);
        break;
    }
  }

  /** What was being answered on the connection that broke is lost. */
  reconnected(): void {
    const lost = [...this.#asked.keys()].flatMap((id) => this.#take(id)?.debt ?? []);
    for (const { debt, hasCall, silence } of this.#begun.values()) {
      clearTimeout(silence);
      if (!hasCall) lost.push(debt);
    }
    this.#begun.clear();
    this.#isCallerSpeaking = false;
    if (this.#takeTurn()) lost.push(newDebt(undefined));
    for (const debt of lost) this.#owe(debt, PAUSE);
    this.#askLater(PAUSE);
  }

  #begin(response: RealtimeEvent['response']): void {
    const asked = this.#take(response?.metadata?.client_event_id ?? '');
    // What nobody asked for answers a turn, and what was asked for knows of it.
    if (asked?.debt.isFiller !== true) this.#takeTurn();
    const id = response?.id ?? '';
    this.#begun.set(id, {
      debt: asked?.debt ?? newDebt(undefined),
      at: performance.now(),
      isLate: asked !== undefined && performance.now() - asked.at > GIVEN_UP_AFTER,
      hasOutput: false,
      hasCall: false,
      silence: this.#whenSilent(() => {
        const begun = this.#begun.get(id);
        this.#begun.delete(id);
        if (begun) this.#silent(begun.debt);
      }),
    });
  }

  #end(response: RealtimeEvent['response']): void {
    const id = response?.id ?? '';
    const begun = this.#begun.get(id);
    clearTimeout(begun?.silence);
    this.#begun.delete(id);
    if (response?.status === 'failed') {
      const debt = begun?.hasCall === true ? null : (begun?.debt ?? newDebt(undefined));
      this.#failed(debt, response.status_details?.error);
      return;
    }
    this.#failures = 0;
    const hasOutput = begun?.hasOutput === true || (response?.output?.length ?? 0) > 0;
    if (response?.status === 'cancelled') {
      // One that began too late is cancelled by the plugin, and nobody's next words answer it.
      if (begun?.isLate === true) this.#owe(begun.debt, 0);
    } else if (response?.status === 'completed' && hasOutput) {
      if (begun?.debt.isFiller !== true) this.#forgiveUntold(begun?.at ?? 0);
    } else if (begun && !begun.hasCall) this.#repeat(begun.debt);
    this.#askLater(0);
  }

  #repeat(debt: Debt): void {
    const { instructions, repeats } = debt;
    if (repeats > MOST_REPEATS) return;
    const told = repeats === MOST_REPEATS ? LAST_RESORT : instructions;
    this.#owe({ ...debt, instructions: told, repeats: repeats + 1 }, 0);
  }

  #refused(error: RealtimeError | undefined): void {
    const asked = this.#take(error?.event_id ?? '');
    if (isFinalError(error)) this.#giveUp(error);
    else if (!asked) return;
    else if (error?.code === 'conversation_already_has_active_response') this.#owe(asked.debt, 0);
    else this.#failed(asked.debt, error);
  }

  /** @param debt null where a tool was called all the same */
  #failed(debt: Debt | null, error: RealtimeError | null | undefined): void {
    if (isFinalError(error)) {
      this.#giveUp(error);
      return;
    }
    this.#failures += 1;
    if (this.#failures > MOST_FAILURES) this.#giveUp(error);
    const pause = error?.code === 'rate_limit_exceeded' ? RATE_PAUSE : PAUSE;
    if (debt) this.#owe(debt, pause * 2 ** (this.#failures - 1));
  }

  #silent(debt: Debt): void {
    this.#failures += 2;
    if (this.#failures > MOST_FAILURES) {
      this.#giveUp({ message: 'nothing is heard of it' });
      return;
    }
    this.#owe(debt, PAUSE);
    this.#options.renew();
  }

  #giveUp(error: RealtimeError | null | undefined): void {
    if (this.#isGivenUp) return;
    this.#isGivenUp = true;
    this.#options.onGivenUp(new ModelFailedError(describeFailure(error)));
  }

  #owe(debt: Debt, pause: number): void {
    if (!debt.isFiller) this.#owed.push(debt);
    this.#askLater(pause);
  }

  #forgiveUntold(before: number): void {
    this.#owed = this.#owed.filter(
      ({ instructions, since }) => instructions !== undefined || since > before,
    );
  }

  #askLater(pause: number): void {
    if (this.#timer || this.#owed.length === 0 || this.#isGivenUp) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // The end of what is being answered asks again.
      if (this.#isCallerSpeaking) return;
      if (this.#begun.size + this.#asked.size + this.#waiting.size === 0) this.#ask();
    }, pause).unref();
  }

  #ask(): void {
    // What it was told to say comes first; one answer pays everything else.
    const told = this.#owed.find(({ instructions }) => instructions !== undefined);
    const debt = told ?? this.#owed[0];
    if (!debt) return;
    this.#owed = told ? this.#owed.filter((other) => other !== told) : [];
    const id = randomUUID();
    this.#waiting.set(id, debt);
    const { instructions } = debt;
    const metadata = { client_event_id: id };
    try {
      this.#session.sendEvent({
        type: 'response.create',
        event_id: id,
        response: instructions === undefined ? { metadata } : { metadata, instructions },
      });
    } catch {
      // The call has ended meanwhile.
      this.#waiting.delete(id);
    }
  }

  #take(id: string): Asked | undefined {
    const asked = this.#asked.get(id);
    clearTimeout(asked?.silence);
    this.#asked.delete(id);
    return asked;
  }

  #takeTurn(): boolean {
    const wasOwed = this.#turn !== undefined;
    clearTimeout(this.#turn);
    this.#turn = undefined;
    return wasOwed;
  }

  #whenSilent(then: () => void): NodeJS.Timeout {
    return setTimeout(then, SILENT_AFTER).unref();
  }
}

function newDebt(instructions: string | undefined): Debt {
  const isFiller = isSaidMeanwhile(instructions);
  return { instructions, repeats: 0, since: performance.now(), isFiller };
}
