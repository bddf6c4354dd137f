import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '../read-body.ts';
import { meetingAnswer } from './answers.ts';
import type { SimulatorClock } from './clock.ts';
import { faultSchema } from './faults.ts';
import type { Faults } from './faults.ts';
import type { Hands } from './hands.ts';
import type { CalendlyState } from './state.ts';
import type { WebhookSender } from './webhook-sender.ts';

export interface ControlParts {
  state: CalendlyState;
  clock: SimulatorClock;
  faults: Faults;
  hands: Hands;
  webhooks: WebhookSender;
}

type Control = (parts: ControlParts, body: Record<string, unknown>) => unknown;

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const clockSchema = z.strictObject({ now: instant.nullable() });
const moveSchema = z.strictObject({ meeting: z.string(), start: instant });
const cancelSchema = z.strictObject({ meeting: z.string(), reason: z.string().optional() });

/** What a rehearsal or a person may do to the stand-in itself; no part of Calendly's API looks like it. */
const CONTROLS: Record<string, Control> = {
  'GET /simulator/meetings': ({ state }) =>
    [...state.meetings.values()].map((meeting) => meetingAnswer(state, meeting)),
  'GET /simulator/deliveries': ({ webhooks }) => webhooks.deliveries,
  'GET /simulator/faults': ({ faults }) => faults.waiting,
  'POST /simulator/faults': ({ faults }, body) => faults.set(faultSchema.parse(body)),
  'DELETE /simulator/faults': ({ faults }) => faults.clear(),
  'POST /simulator/clock': ({ clock }, body) => clock.set(clockSchema.parse(body).now),
  'POST /simulator/hands/move': ({ hands }, body) => {
    const { meeting, start } = moveSchema.parse(body);
    return { meeting: hands.move(meeting, start) };
  },
  'POST /simulator/hands/cancel': ({ hands }, body) => {
    const { meeting, reason } = cancelSchema.parse(body);
    return hands.cancel(meeting, reason);
  },
};

/**
 * Serves `/simulator/…`. A request must carry `X-Simulator-Control`: a page in a browser cannot send
 * that header here, and nobody reaches these routes by mistake.
 */
export async function serveControl(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body ?? null));
  };
  const body = await readBody(request);
  if (request.headers['x-simulator-control'] === undefined) {
    return answer(403, { problem: 'Send the header X-Simulator-Control' });
  }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const control = CONTROLS[`${request.method} ${pathname}`];
  if (!control) return answer(404, { problem: `Nothing at ${request.method} ${pathname}` });
  try {
    answer(200, control(parts, body));
  } catch (error) {
    answer(422, { problem: error instanceof Error ? error.message : String(error) });
  }
}
