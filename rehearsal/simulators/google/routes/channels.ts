import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ApiError, notFound } from '../api-error.ts';
import type { Call, Reply, Route } from '../call.ts';
import type { GoogleState } from '../state.ts';

/** Seconds: what is asked for beyond is cut, and what nobody asks for is this. */
const LONGEST_LIFE = 7 * 86_400;

const WatchSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9\-_+/=]{1,64}$/),
  type: z.literal('web_hook'),
  address: z.url(),
  token: z.string().max(256).optional(),
  params: z.object({ ttl: z.string().regex(/^\d+$/).optional() }).optional(),
});

const StopSchema = z.object({ id: z.string(), resourceId: z.string() });

export const CHANNEL_ROUTES: Route[] = [
  {
    operation: 'events.watch',
    method: 'POST',
    path: 'calendars/{calendarId}/events/watch',
    scopes: ['calendar.events.owned', 'calendar.events', 'calendar'],
    run: watch,
  },
  {
    operation: 'channels.stop',
    method: 'POST',
    path: 'channels/stop',
    scopes: ['calendar.events.owned', 'calendar.events', 'calendar'],
    run: stop,
  },
];

function watch(state: GoogleState, { account, params, body }: Call): Reply {
  const calendar = state.requireCalendar(params['calendarId'] ?? '', account);
  const read = WatchSchema.safeParse(body);
  if (!read.success) throw new ApiError(400, 'required', 'Required');
  const { id, address, token, params: wanted } = read.data;
  const { protocol, hostname } = new URL(address);
  // The real one wants https always; on this machine nobody has a certificate.
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost'].includes(hostname)) {
    throw new ApiError(
      400,
      'push.webhookUrlNotHttps',
      `WebHook callback must be HTTPS: ${address}`,
    );
  }
  if (state.channels.has(id)) {
    throw new ApiError(400, 'channelIdNotUnique', `Channel id ${id} not unique`);
  }
  const life = Math.min(Number(wanted?.ttl ?? LONGEST_LIFE), LONGEST_LIFE);
  const expiration = new Date(state.now().getTime() + life * 1_000);
  const resourceId = randomUUID();
  state.channels.set(id, {
    id,
    resourceId,
    calendar: calendar.id,
    account,
    address,
    token: token ?? null,
    expiration,
    number: 0,
  });
  return {
    status: 200,
    body: {
      kind: 'api#channel',
      id,
      resourceId,
      resourceUri: `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(calendar.id)}/events?alt=json`,
      ...(token === undefined ? {} : { token }),
      expiration: String(expiration.getTime()),
    },
  };
}

function stop(state: GoogleState, { account, body }: Call): Reply {
  const read = StopSchema.safeParse(body);
  const channel = read.success ? state.channels.get(read.data.id) : undefined;
  if (!channel || channel.account !== account || channel.resourceId !== read.data?.resourceId) {
    throw notFound();
  }
  state.channels.delete(channel.id);
  return { status: 204 };
}
