import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** In which of its shapes a tool call is sent. */
export const SHAPES = [
  'object-arguments',
  'string-arguments',
  'docs-arguments',
  'docs-parameters',
  'wrapped',
] as const;
export type Shape = (typeof SHAPES)[number];

/** How the simulator proves who it is. */
export type Credential =
  | { kind: 'bearer' | 'x-vapi-secret'; secret: string }
  | { kind: 'hmac'; secret: string };

export interface VapiSimulatorOptions {
  /** Of the webhook. */
  url: string;
  credential: Credential;
  shape?: Shape;
  /** Seconds; Vapi's default is 20. */
  timeoutSeconds?: number;
  /** Of a fixed backoff plan; Vapi's default is none. */
  maxRetries?: number;
  now?: () => Date;
  /** What is lost on the way, of so many answers. */
  faults?: { lostAnswers: number };
}

/** What the model was told, and what the caller hears of it by Vapi itself. */
export interface ToolOutcome {
  /** The result; null where none came in time, or with 200. */
  result: string | null;
  /** Spoken word for word; null where the model speaks. */
  spoken: string | null;
  milliseconds: number;
}

/** The body breaks a rule of Vapi's. */
export class UnreadableAnswerError extends Error {
  override readonly name = 'UnreadableAnswerError';
}

/** Secrets that Vapi's bodies carry: nobody may keep or log them. */
export const CANARIES = {
  twilioAuthToken: 'canary-twilio-auth-token-5f1c',
  twilioApiSecret: 'canary-twilio-api-secret-77aa',
  prompt: 'canary-prompt-of-the-assistant',
  conversation: 'canary-of-what-was-said-before',
};

/** Vapi's side of its webhook, by its docs and SDK of 2026. */
export class VapiSimulator {
  readonly #options: Required<Omit<VapiSimulatorOptions, 'faults'>> & { lostAnswers: number };

  constructor({ faults, ...options }: VapiSimulatorOptions) {
    this.#options = {
      shape: 'object-arguments',
      timeoutSeconds: 20,
      maxRetries: 0,
      now: () => new Date(),
      ...options,
      lostAnswers: faults?.lostAnswers ?? 0,
    };
  }

  /** Begins a call from a number; null on the web. */
  call(number: string | null, id: string = randomUUID()): VapiCall {
    return new VapiCall(this, id, number, this.#options.now());
  }

  get shape(): Shape {
    return this.#options.shape;
  }

  get now(): Date {
    return this.#options.now();
  }

  /**
   * Sends a message as Vapi does: with its secret or signature, no longer than the time-out, and again
   * where that is not answered with 2xx and a backoff plan is set.
   * @returns the body of a 200; null where none came
   */
  async send(message: Record<string, unknown>): Promise<unknown> {
    const body = JSON.stringify({ message });
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#post(body);
      if (answer && this.#options.lostAnswers > 0) {
        // It was done there, and nobody here knows.
        this.#options.lostAnswers -= 1;
      } else if (answer?.ok) return answer.body;
      if (attempt >= this.#options.maxRetries) return null;
      await pause(20);
    }
  }

  async #post(body: string): Promise<{ ok: boolean; body: unknown } | null> {
    const { url, timeoutSeconds } = this.#options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...this.#proof(body) },
        body,
        signal: AbortSignal.timeout(timeoutSeconds * 1_000),
      });
      const text = await response.text();
      return { ok: response.status === 200, body: response.ok ? JSON.parse(text) : null };
    } catch {
      return null;
    }
  }

  #proof(body: string): Record<string, string> {
    const { credential, now } = this.#options;
    switch (credential.kind) {
      case 'bearer':
        return { Authorization: `Bearer ${credential.secret}` };
      case 'x-vapi-secret':
        return { 'X-Vapi-Secret': credential.secret };
      case 'hmac': {
        const timestamp = String(now().getTime());
        const signature = createHmac('sha256', credential.secret)
          .update(`${timestamp}.${body}`)
          .digest('hex');
        return { 'X-Timestamp': timestamp, 'X-Signature': signature };
      }
    }
  }
}

/** One call of the simulator's. */
export class VapiCall {
  readonly id: string;
  readonly #vapi: VapiSimulator;
  readonly #number: string | null;
  readonly #startedAt: Date;
  readonly #said: { role: 'user' | 'bot'; message: string; time: number }[] = [];

  constructor(vapi: VapiSimulator, id: string, number: string | null, startedAt: Date) {
    this.#vapi = vapi;
    this.id = id;
    this.#number = number;
    this.#startedAt = startedAt;
  }

  /** The caller or the assistant says something. */
  say(role: 'user' | 'bot', message: string): void {
    this.#said.push({ role, message, time: this.#vapi.now.getTime() });
  }

  /** The model calls a function. @param id of the request, by which it can be sent again */
  async tool(
    name: string,
    args: Record<string, unknown>,
    id: string = `call_${randomUUID()}`,
  ): Promise<ToolOutcome> {
    const [outcome] = await this.tools([{ name, args, id }]);
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }

  /** The model calls several functions at once. */
  async tools(
    calls: { name: string; args: Record<string, unknown>; id: string }[],
  ): Promise<ToolOutcome[]> {
    const began = performance.now();
    const message = this.#message('tool-calls', toolFields(calls, this.#vapi.shape));
    const body = await this.#vapi.send(message);
    const milliseconds = performance.now() - began;
    if (body === null) return calls.map(() => ({ result: null, spoken: null, milliseconds }));
    const { results } = body as { results?: Record<string, unknown>[] };
    if (!Array.isArray(results)) throw new UnreadableAnswerError('There are no results.');
    const outcomes = calls.map(({ id, name }, index) =>
      readResult(results[index] ?? {}, { id, name }),
    );
    for (const { spoken } of outcomes) if (spoken !== null) this.say('bot', spoken);
    return outcomes.map((outcome) => ({ ...outcome, milliseconds }));
  }

  /** The call is over: Vapi says so, and after post-processing reports. */
  async end(endedReason = 'customer-ended-call'): Promise<void> {
    await this.#vapi.send(this.#message('status-update', { status: 'ended', endedReason }));
    await this.report(endedReason);
  }

  async report(endedReason = 'customer-ended-call'): Promise<void> {
    const artifact = { messages: [{ role: 'system', message: CANARIES.prompt }, ...this.#said] };
    await this.#vapi.send(this.#message('end-of-call-report', { endedReason, artifact }));
  }

  /** Any other message. @returns the body that was answered */
  async message(type: string, fields: Record<string, unknown> = {}): Promise<unknown> {
    return this.#vapi.send(this.#message(type, fields));
  }

  #message(type: string, fields: Record<string, unknown>): Record<string, unknown> {
    const customer = this.#number === null ? {} : { customer: { number: this.#number } };
    return {
      type,
      timestamp: this.#vapi.now.getTime(),
      call: {
        id: this.id,
        type: this.#number === null ? 'webCall' : 'inboundPhoneCall',
        startedAt: this.#startedAt.toISOString(),
        ...customer,
      },
      ...customer,
      phoneNumber: {
        provider: 'twilio',
        number: '+15550100100',
        twilioAuthToken: CANARIES.twilioAuthToken,
        twilioApiSecret: CANARIES.twilioApiSecret,
      },
      assistant: { model: { messages: [{ role: 'system', content: CANARIES.prompt }] } },
      artifact: { messages: [{ role: 'user', message: CANARIES.conversation, time: 1 }] },
      ...fields,
    };
  }
}

function toolFields(
  calls: { name: string; args: Record<string, unknown>; id: string }[],
  shape: Shape,
): Record<string, unknown> {
  const toOpenAi = (args: unknown) => (call: { id: string; name: string }) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: args },
  });
  switch (shape) {
    case 'object-arguments': {
      const list = calls.map((call) => toOpenAi(call.args)(call));
      const wrapped = list.map((toolCall) => ({
        type: 'function',
        name: toolCall.function.name,
        function: { name: toolCall.function.name },
        toolCall,
      }));
      return { toolCallList: list, toolCalls: list, toolWithToolCallList: wrapped };
    }
    case 'string-arguments':
      return { toolCallList: calls.map((call) => toOpenAi(JSON.stringify(call.args))(call)) };
    case 'docs-arguments':
      return {
        toolCallList: calls.map(({ id, name, args }) => ({ id, name, arguments: args })),
        toolWithToolCallList: [],
      };
    case 'docs-parameters':
      return {
        toolCallList: calls.map(({ id, name, args }) => ({ id, name, parameters: args })),
        toolWithToolCallList: calls.map(({ id, name, args }) => ({
          name,
          toolCall: { id, parameters: args },
        })),
      };
    case 'wrapped':
      return {
        toolWithToolCallList: calls.map(({ id, name, args }) => ({
          type: 'function',
          function: { name },
          toolCall: { id, function: { name, parameters: args } },
        })),
      };
  }
}

/** @throws {UnreadableAnswerError} where Vapi would not read the result, or read only a part of it */
function readResult(
  result: Record<string, unknown>,
  { id, name }: { id: string; name: string },
): Omit<ToolOutcome, 'milliseconds'> {
  const { toolCallId, result: text, message } = result;
  if (toolCallId !== id) throw new UnreadableAnswerError(`The id is not ${id}.`);
  if (result['name'] !== name) throw new UnreadableAnswerError(`The name is not ${name}.`);
  if (typeof text !== 'string' || text === '' || /[\r\n]/.test(text)) {
    throw new UnreadableAnswerError('The result is no text of one line.');
  }
  const { type, content } = Object(message) as { type?: unknown; content?: unknown };
  if (message !== undefined && (type !== 'request-complete' || typeof content !== 'string')) {
    throw new UnreadableAnswerError('The message is none.');
  }
  return { result: text, spoken: typeof content === 'string' ? content : null };
}
