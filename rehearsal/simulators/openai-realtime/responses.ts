import { itemFromClient } from './client-item.ts';
import type { ResponseParameters } from './client-events.ts';
import { asConversationItem } from './conversation-items.ts';
import type { Conversation } from './mind/mind.ts';
import { RealtimeRequestError } from './request-error.ts';
import { ResponseRun, type ResponseParts } from './response-run.ts';
import type { SessionConfig, ToolChoice, Tools } from './session-config.ts';

/** The responses of one session: at most one in the conversation at a time, any number outside it. */
export class Responses {
  readonly #parts: ResponseParts;
  readonly #session: () => SessionConfig;
  readonly #conversationId: string;
  readonly #running = new Map<string, ResponseRun>();
  #active: ResponseRun | null = null;
  #replyIsDue = false;
  #closed = false;
  /** Called after each response in the conversation. */
  onFinished: (run: ResponseRun) => void = () => undefined;

  constructor(parts: ResponseParts, session: () => SessionConfig) {
    this.#parts = parts;
    this.#session = session;
    this.#conversationId = parts.createId('conv');
  }

  get isActive(): boolean {
    return this.#active !== null;
  }

  /** @throws RealtimeRequestError while another response in the conversation is active */
  create(parameters: ResponseParameters = {}): void {
    const outside = parameters.conversation === 'none';
    if (!outside && this.#active !== null) {
      throw new RealtimeRequestError({
        code: 'conversation_already_has_active_response',
        message: `Conversation already has an active response in progress: ${this.#active.response.id}. Wait until the response is finished before creating a new one.`,
      });
    }
    const session = this.#session();
    const conversation = this.conversation(parameters);
    const run = new ResponseRun(
      this.#parts,
      session,
      parameters,
      conversation,
      this.#conversationId,
    );
    this.#running.set(run.response.id, run);
    if (!outside) {
      this.#active = run;
      this.#replyIsDue = false;
    }
    void run.finished.then(() => this.#afterwards(run));
    run.start();
  }

  /** Replies to a caller's turn: at once, or when the response that is being given has ended. */
  replyToTurn(): void {
    if (this.#active === null) this.create();
    else this.#replyIsDue = true;
  }

  /** The caller speaks: what is being said ends, and a reply not begun yet waits for his new turn. */
  interrupt(): void {
    this.#replyIsDue = false;
    const run = this.#active;
    this.#active = null;
    run?.cancel('turn_detected');
  }

  /** @throws RealtimeRequestError when no such response is active */
  cancel(responseId?: string): void {
    const run = responseId === undefined ? this.#active : this.#running.get(responseId);
    if (!run?.active) {
      throw new RealtimeRequestError({
        code: 'response_cancel_not_active',
        message: 'Cancellation failed: no active response found',
      });
    }
    if (run === this.#active) this.#active = null;
    run.cancel('client_cancelled');
  }

  /** Ends everything because the client has gone. */
  close(): void {
    this.#closed = true;
    for (const run of this.#running.values()) run.cancel('client_cancelled');
  }

  /** What the mind is given for a response with these parameters. */
  conversation(parameters: ResponseParameters = {}): Conversation {
    const session = this.#session();
    const tools = chosenTools(
      parameters.tools ?? session.tools,
      parameters.tool_choice ?? session.tool_choice,
    );
    return {
      instructions: session.instructions,
      responseInstructions: parameters.instructions ?? null,
      tools: tools.map((tool) => ({
        name: tool.name,
        description: tool.description ?? '',
        parameters: tool.parameters ?? null,
      })),
      items: this.#input(parameters).map(asConversationItem),
    };
  }

  #input({ input }: ResponseParameters): Parameters<typeof asConversationItem>[0][] {
    const { items, createId } = this.#parts;
    if (input === undefined) return [...items.all()];
    return input.map((item) =>
      item.type === 'item_reference'
        ? items.find(item.id)
        : { item: itemFromClient(item, createId), spokenText: '', audio: null },
    );
  }

  #afterwards(run: ResponseRun): void {
    this.#running.delete(run.response.id);
    if (this.#closed) return;
    if (this.#active === run) this.#active = null;
    if (run.response.conversation_id === null) return;
    if (this.#replyIsDue && this.#active === null) this.create();
    else this.onFinished(run);
  }
}

function chosenTools(tools: Tools, choice: ToolChoice): Tools {
  if (choice === 'none') return [];
  if (typeof choice === 'string') return tools;
  return tools.filter((tool) => tool.name === choice.name);
}
