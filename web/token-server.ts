import * as z from 'zod/mini';

const agentSchema = z.object({
  slug: z.string(),
  name: z.string(),
  business_name: z.string(),
  language: z.string(),
  rehearsal: z.boolean(),
});

const ticketSchema = z.object({
  server_url: z.string(),
  participant_token: z.string(),
  agent: agentSchema,
});

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** What the page shows of the receptionist before anything is said. */
export interface AgentInfo {
  slug: string;
  name: string;
  businessName: string;
  /** BCP 47. */
  language: string;
  rehearsal: boolean;
}

/** The way into one room, good for two minutes. */
export interface CallTicket {
  serverUrl: string;
  participantToken: string;
  agent: AgentInfo;
}

/** The token server said no, or nothing: `status` is 0 when no answer came. */
export class TokenServerError extends Error {
  override name = 'TokenServerError';
  readonly status: number;
  readonly code: string;
  /** Seconds to wait, from Retry-After; null when the server named none. */
  readonly retryAfterSeconds: number | null;

  constructor(
    message: string,
    answer: { status: number; code: string; retryAfterSeconds?: number | null },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = answer.status;
    this.code = answer.code;
    this.retryAfterSeconds = answer.retryAfterSeconds ?? null;
  }
}

export interface TokenServer {
  /** Rejects with {@link TokenServerError}: 404 unknown agent, 409 switched off. */
  loadAgent(slug: string): Promise<AgentInfo>;
  /** Rejects with {@link TokenServerError}; 429 carries `retryAfterSeconds`. */
  requestCall(request: { agent: string; timeZone: string }): Promise<CallTicket>;
}

/**
 * The page's side of the token endpoint, see https://docs.livekit.io/frontends/authentication/tokens/endpoint/.
 *
 * @param baseUrl - empty for the page's own origin.
 */
export function createTokenServer({
  baseUrl = '',
  fetch = globalThis.fetch,
}: { baseUrl?: string; fetch?: typeof globalThis.fetch } = {}): TokenServer {
  async function ask(path: string, init?: RequestInit): Promise<unknown> {
    let response: Response;
    try {
      // Called without a receiver: a stored `fetch` invoked as a method is refused by browsers.
      response = await fetch(`${baseUrl}${path}`, init);
    } catch (cause) {
      throw new TokenServerError('no answer', { status: 0, code: 'unreachable' }, { cause });
    }
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return body;
    const refusal = errorSchema.safeParse(body);
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    throw new TokenServerError(
      refusal.success ? refusal.data.error.message : `status ${response.status}`,
      {
        status: response.status,
        code: refusal.success ? refusal.data.error.code : 'unknown',
        retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
      },
    );
  }

  function parse<T>(schema: z.ZodMiniType<T>, body: unknown): T {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new TokenServerError('unexpected answer', { status: 502, code: 'unexpected_answer' });
  }

  return {
    async loadAgent(slug) {
      return agentInfo(parse(agentSchema, await ask(`/api/agents/${encodeURIComponent(slug)}`)));
    },
    async requestCall({ agent, timeZone }) {
      const body = await ask('/api/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ agent, time_zone: timeZone }),
      });
      const ticket = parse(ticketSchema, body);
      return {
        serverUrl: ticket.server_url,
        participantToken: ticket.participant_token,
        agent: agentInfo(ticket.agent),
      };
    },
  };
}

function agentInfo(agent: z.infer<typeof agentSchema>): AgentInfo {
  const { business_name: businessName, ...rest } = agent;
  return { ...rest, businessName };
}
