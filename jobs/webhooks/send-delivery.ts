import { withoutControls } from '../../calls/control-characters.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { signedHeaders } from './sign.ts';

/** How an attempt ended, as it is logged. */
export interface Sent {
  milliseconds: number;
  /** Null: there was no answer. */
  status: number | null;
  /** The beginning of the answer. */
  answer: string | null;
  /** Null: the receiver has it. */
  error: string | null;
}

/** Bytes of an answer that are read and kept. */
const ANSWER_KEPT = 1_024;

/**
 * Sends an event to one endpoint, once. An answer of 200 to 299 means that it was received; anything
 * else does not, a redirection neither: it is not followed.
 *
 * @param parts.fetch with a deadline and a rule of addresses of its own
 */
export async function sendDelivery(
  { fetch, now, deadline }: { fetch: Fetch; now: () => Date; deadline: number },
  delivery: { url: string; eventId: string; body: string; secrets: readonly string[] },
): Promise<Sent> {
  const { url, eventId, body, secrets } = delivery;
  const begun = performance.now();
  const end = (sent: Omit<Sent, 'milliseconds'>): Sent => ({
    ...sent,
    milliseconds: Math.round(performance.now() - begun),
  });
  const timestamp = Math.floor(now().getTime() / 1_000);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Slotline-Webhooks/1',
        ...signedHeaders({ id: eventId, timestamp, body }, secrets),
      },
      body,
    });
    const { status } = response;
    const answer = await readBeginning(response);
    const error = response.ok ? null : refusalOf(status);
    return end({ status, answer, error });
  } catch (error) {
    return end({ status: null, answer: null, error: troubleOf(error, deadline) });
  }
}

/** What came of the answer's first bytes before it broke off; the rest is not read. */
async function readBeginning({ body }: Response): Promise<string | null> {
  if (!body) return null;
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < ANSWER_KEPT) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The status has said already whether it was received.
  }
  const text = withoutControls(
    new TextDecoder().decode(Buffer.concat(parts).subarray(0, ANSWER_KEPT)),
  );
  return text === '' ? null : text;
}

function refusalOf(status: number): string {
  if (status >= 300 && status < 400)
    return 'It answered with a redirection, which is not followed.';
  if (status === 410) return 'It answered that it is gone for good.';
  return `It answered ${status} instead of 200 to 299.`;
}

const TROUBLES: Record<string, string> = {
  ERR_ADDRESS_REFUSED:
    'Its name leads to a private address, or it is no https: WEBHOOK_PRIVATE_NETWORKS names private networks that may be told.',
  ENOTFOUND: 'Its name is not known.',
  EAI_AGAIN: 'Its name could not be looked up.',
  ECONNREFUSED: 'Nothing listens there.',
  ECONNRESET: 'It closed the connection without an answer.',
  UND_ERR_SOCKET: 'It closed the connection without an answer.',
  UND_ERR_CONNECT_TIMEOUT: 'It could not be reached in time.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by nobody who is trusted.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by nobody who is trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is signed by nobody who is trusted.',
};

/** Why there was no answer, in words of ours: those of a library may quote anything. */
function troubleOf(error: unknown, deadline: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `It did not answer within ${deadline / 1_000} seconds.`;
  }
  const code = codeOf(error);
  return TROUBLES[code ?? ''] ?? `It could not be reached${code === null ? '' : ` (${code})`}.`;
}

/** Of the error, or of what caused it; of several addresses that were tried the first one's. */
function codeOf(error: unknown): string | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 4; depth += 1) {
    if ('code' in one && typeof one.code === 'string') return one.code;
    one = one instanceof AggregateError ? one.errors[0] : one.cause;
  }
  return null;
}
