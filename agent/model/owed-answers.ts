import { randomUUID } from 'node:crypto';
import type { realtime } from '@livekit/agents-plugin-openai';

/** Milliseconds before a failed answer is asked for again; doubled each time. */
const PAUSE = 500;
/** Failures in a row after which a call cannot go on. */
const MOST_FAILURES = 3;
/** How often one answer that came empty or cut is asked for again. */
const MOST_REPEATS = 2;
/** Milliseconds; the plugin gives up an answer that was asked for and has not begun by then. */
const GIVEN_UP_AFTER = 10_000;
/** Milliseconds after which a question without any sign is lost, as on a connection that broke. */
const LOST_AFTER = 12_000;

/** An answer that the model was asked for, by a turn of the caller's or by us, and did not give yet. */
interface Debt {
  /** What it was told to say; without them any later answer pays. */
  instructions: string | undefined;
  repeats: number;
}

interface Asked extends Debt {
  at: number;
  lost: NodeJS.Timeout;
}

interface Begun extends Debt {
  /** Whether the plugin had given it up already. */
  isLate: boolean;
  hasOutput: boolean;
}

type Session = Pick<realtime.RealtimeSession, 'on' | 'sendEvent'>;

/** As much of OpenAI's events as matters here. */
interface RealtimeEvent {
  type: string;
  event_id?: string;
  response_id?: string;
  response?: {
    id?: string;
    status?: string;
    output?: unknown[];
    instructions?: string;
    metadata?: { client_event_id?: string } | null;
  };
  error?: { event_id?: string | null; code?: string | null };
}

/**
 * Sees to it that every answer that is owed is given. A response that fails, comes empty, is cut
 * off, is refused because another one is active, or is lost with its connection is asked for again,
 * with what it was told to say, once nothing else is being answered. What a caller interrupts is
 * not owed any more: their next words are answered.
 *
 * @param onGivenUp the model fails again and again: the call cannot go on
 */
export function oweAnswers(session: Session, onGivenUp: (error: Error) => void): void {
  const answers = new OwedAnswers(session, onGivenUp);
  session.on('openai_client_event_queued', (event: RealtimeEvent) => answers.sent(event));
  session.on('openai_server_event_received', (event: RealtimeEvent) => answers.received(event));
  session.on('session_reconnected', () => answers.reconnected());
}

class OwedAnswers {
  readonly #session: Session;
  readonly #onGivenUp: (error: Error) => void;
  /** By the id of the event that asked. */
  readonly #asked = new Map<string, Asked>();
  /** By the id of the response that is being given. */
  readonly #begun = new Map<string, Begun>();
  /** To be asked for again. */
  #owed: Debt[] = [];
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(session: Session, onGivenUp: (error: Error) => void) {
    this.#session = session;
    this.#onGivenUp = onGivenUp;
  }

  sent({ type, event_id: id, response }: RealtimeEvent): void {
    if (type !== 'response.create' || id === undefined || this.#asked.has(id)) return;
    this.#note(id, newDebt(response?.instructions));
  }

  received(event: RealtimeEvent): void {
    switch (event.type) {
      case 'response.created':
        this.#begin(event.response);
        break;
      case 'response.output_item.added': {
        const begun = this.#begun.get(event.response_id ?? '');
        if (begun) begun.hasOutput = true;
        break;
      }
      case 'response.done':
        this.#end(event.response);
        break;
      case 'error':
        this.#refused(event.error);
        break;
      case 'input_audio_buffer.speech_started':
        // The turn that begins is answered, and that answer pays them.
        this.#forgiveUntold();
        break;
    }
  }

  /** What was being answered on the connection that broke is lost. */
  reconnected(): void {
    const lost = [...this.#begun.values(), ...[...this.#asked.keys()].map((id) => this.#take(id))];
    this.#begun.clear();
    for (const debt of lost) this.#owe(debt, PAUSE);
  }

  #begin(response: RealtimeEvent['response']): void {
    const asked = this.#take(response?.metadata?.client_event_id ?? '');
    // What nobody asked for answers a turn.
    const { instructions, repeats } = asked ?? newDebt(undefined);
    const isLate = asked !== undefined && performance.now() - asked.at > GIVEN_UP_AFTER;
    this.#begun.set(response?.id ?? '', { instructions, repeats, isLate, hasOutput: false });
  }

  #end(response: RealtimeEvent['response']): void {
    const id = response?.id ?? '';
    const debt = this.#begun.get(id);
    this.#begun.delete(id);
    if (response?.status === 'failed') {
      this.#failed(debt);
      return;
    }
    this.#failures = 0;
    const hasOutput = debt?.hasOutput === true || (response?.output?.length ?? 0) > 0;
    if (response?.status === 'cancelled') {
      // One that began too late is cancelled by the plugin, and nobody's next words answer it.
      if (debt?.isLate === true) this.#owe(debt, 0);
    } else if (response?.status === 'completed' && hasOutput) {
      this.#forgiveUntold();
    } else if (debt && debt.repeats < MOST_REPEATS) {
      this.#owe({ ...debt, repeats: debt.repeats + 1 }, 0);
    }
    this.#askLater(0);
  }

  #refused(error: RealtimeEvent['error']): void {
    const debt = this.#take(error?.event_id ?? '');
    if (!debt) return;
    if (error?.code === 'conversation_already_has_active_response') this.#owe(debt, 0);
    else this.#failed(debt);
  }

  #failed(debt: Debt | undefined): void {
    this.#failures += 1;
    if (this.#failures > MOST_FAILURES) {
      this.#onGivenUp(new Error('The model fails again and again.'));
      return;
    }
    this.#owe(debt, PAUSE * 2 ** (this.#failures - 1));
  }

  #owe(debt: Debt = newDebt(undefined), pause: number): void {
    this.#owed.push({ instructions: debt.instructions, repeats: debt.repeats });
    this.#askLater(pause);
  }

  #forgiveUntold(): void {
    this.#owed = this.#owed.filter(({ instructions }) => instructions !== undefined);
  }

  #askLater(pause: number): void {
    if (this.#timer || this.#owed.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // The end of what is being answered asks again.
      if (this.#begun.size === 0 && this.#asked.size === 0) this.#ask();
    }, pause).unref();
  }

  #ask(): void {
    // What it was told to say comes first; one answer pays everything else.
    const told = this.#owed.find(({ instructions }) => instructions !== undefined);
    const debt = told ?? this.#owed[0];
    if (!debt) return;
    this.#owed = told ? this.#owed.filter((other) => other !== told) : [];
    const id = randomUUID();
    this.#note(id, debt);
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
    }
  }

  #note(id: string, { instructions, repeats }: Debt): void {
    const lost = setTimeout(() => {
      if (this.#asked.delete(id)) this.#failed({ instructions, repeats });
    }, LOST_AFTER).unref();
    this.#asked.set(id, { instructions, repeats, at: performance.now(), lost });
  }

  #take(id: string): Asked | undefined {
    const asked = this.#asked.get(id);
    clearTimeout(asked?.lost);
    this.#asked.delete(id);
    return asked;
  }
}

function newDebt(instructions: string | undefined): Debt {
  return { instructions, repeats: 0 };
}
