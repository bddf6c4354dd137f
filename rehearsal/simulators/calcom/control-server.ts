import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { bookingAnswer } from './booking-answer.ts';
import type { Instance } from './call.ts';
import { faultSchema, type Faults } from './faults.ts';
import { matchPath } from './match-path.ts';
import { readBody } from '../read-body.ts';
import { toInterval } from './seed.ts';

export interface ControlOptions {
  instance: Instance;
  faults: Faults;
}

type Control = (
  options: ControlOptions,
  body: Record<string, unknown>,
  parameters: Record<string, string>,
) => unknown;

const clockSchema = z.strictObject({
  /** Null returns to the machine's own time. */
  now: z.iso.datetime({ offset: true }).nullable(),
  /** Whether the clock stands still. */
  stopped: z.boolean().default(false),
});

const releaseSchema = z.strictObject({
  order: z.enum(['sent', 'reversed']).default('sent'),
  copies: z.int().min(1).default(1),
  milliseconds: z.number().min(0).default(0),
  ids: z.array(z.string()).optional(),
});

const accountSchema = z.strictObject({
  apiKey: z.string().nullable().optional(),
  rights: z.enum(['all', 'none']).optional(),
  busy: z.array(z.strictObject({ start: z.string(), end: z.string() })).optional(),
});

const meetingSchema = z.strictObject({
  uid: z.string(),
  trigger: z.enum(['MEETING_STARTED', 'MEETING_ENDED']),
});

/** What a rehearsal or a test may do to the simulator itself; no part of Cal.com's API looks like it. */
const CONTROLS: [method: string, path: string, control: Control][] = [
  [
    'GET',
    '/simulator/bookings',
    ({ instance: { state } }) =>
      state.bookings.all().map((booking) => bookingAnswer(state, booking)),
  ],
  ['GET', '/simulator/faults', ({ faults }) => faults.waiting],
  ['POST', '/simulator/faults', ({ faults }, body) => faults.set(faultSchema.parse(body))],
  ['DELETE', '/simulator/faults', ({ faults }) => faults.clear()],
  [
    'POST',
    '/simulator/clock',
    ({ instance: { clock } }, body) => {
      const { now, stopped } = clockSchema.parse(body);
      clock.set(now === null ? null : Date.parse(now), { stopped });
      return { now: new Date(clock.now()).toISOString() };
    },
  ],
  [
    'PATCH',
    '/simulator/accounts/:username',
    ({ instance: { state } }, body, { username = '' }) => {
      const { busy, ...changes } = accountSchema.parse(body);
      const account = state.accountNamed(username);
      if (account === undefined) throw new RangeError(`There is no account ${username}`);
      Object.assign(account, changes, busy && { busy: busy.map(toInterval) });
      return { username };
    },
  ],
  ['GET', '/simulator/deliveries', ({ instance: { webhooks } }) => webhooks.deliveries],
  ['POST', '/simulator/deliveries/hold', ({ instance: { webhooks } }) => webhooks.hold()],
  [
    'POST',
    '/simulator/deliveries/release',
    async ({ instance: { webhooks } }, body) => {
      const { ids, milliseconds, ...options } = releaseSchema.parse(body);
      await webhooks.release({ ...options, delay: milliseconds, ...(ids && { ids }) });
    },
  ],
  [
    'POST',
    '/simulator/deliveries/discard',
    ({ instance: { webhooks } }, body) =>
      webhooks.discard(z.object({ ids: z.array(z.string()).optional() }).parse(body).ids),
  ],
  [
    'POST',
    '/simulator/deliveries/resume',
    async ({ instance: { webhooks } }) => await webhooks.resume(),
  ],
  [
    'POST',
    '/simulator/deliveries/:id/repeat',
    async ({ instance: { webhooks } }, _body, { id = '' }) => await webhooks.repeat(id),
  ],
  [
    'POST',
    '/simulator/meetings',
    ({ instance: { state, webhooks } }, body) => {
      const { trigger, uid } = meetingSchema.parse(body);
      const booking = state.bookings.find(uid);
      if (booking === undefined) throw new RangeError('There is no such booking');
      webhooks.sendMeeting(trigger, booking);
    },
  ],
];

/**
 * Serves `/simulator/…`. A request must carry `X-Simulator-Control`: a page in a browser cannot send
 * that header here, and nobody reaches these routes by mistake.
 */
export async function serveControl(
  options: ControlOptions,
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
  for (const [method, path, control] of CONTROLS) {
    const parameters = method === request.method ? matchPath(path, pathname) : null;
    if (parameters === null) continue;
    try {
      return answer(200, await control(options, body, parameters));
    } catch (error) {
      return answer(422, { problem: error instanceof Error ? error.message : String(error) });
    }
  }
  answer(404, { problem: `Nothing at ${request.method} ${pathname}` });
}
