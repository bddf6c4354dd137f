import { randomUUID } from 'node:crypto';
import type { realtime } from '@livekit/agents-plugin-openai';

/** Milliseconds before the first; doubled each time. */
const PAUSE = 500;
const ATTEMPTS = 3;

/** As much of OpenAI's `response.create` and `response.done` as matters here. */
interface ResponseEvent {
  type: string;
  event_id?: string;
  response?: {
    status?: string;
    instructions?: string;
    metadata?: { client_event_id?: string } | null;
  };
}

/**
 * Asks a model again whose response failed, with what it was told to say: a caller who was heard would
 * hear nothing else, and then be asked whether they are there. Three times; then the call cannot go on.
 */
export function answerAgain(
  session: realtime.RealtimeSession,
  onGivenUp: (error: Error) => void,
): void {
  const instructions = new Map<string, string>();
  let failures = 0;

  session.on('openai_client_event_queued', ({ type, event_id: id, response }: ResponseEvent) => {
    if (type !== 'response.create' || id === undefined || !response?.instructions) return;
    instructions.set(id, response.instructions);
  });
  session.on('openai_server_event_received', ({ type, response }: ResponseEvent) => {
    if (type !== 'response.done') return;
    const asked = response?.metadata?.client_event_id ?? '';
    const told = instructions.get(asked);
    instructions.delete(asked);
    if (response?.status !== 'failed') {
      failures = 0;
      return;
    }
    failures += 1;
    if (failures > ATTEMPTS) {
      onGivenUp(new Error('The model fails again and again.'));
      return;
    }
    setTimeout(() => askAgain(session, told), PAUSE * 2 ** (failures - 1)).unref();
  });
}

function askAgain(session: realtime.RealtimeSession, instructions: string | undefined): void {
  const id = randomUUID();
  const response = { metadata: { client_event_id: id } };
  try {
    session.sendEvent({
      type: 'response.create',
      event_id: id,
      response: instructions === undefined ? response : { ...response, instructions },
    });
  } catch {
    // The call has ended meanwhile.
  }
}
