import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PROVIDERS } from '../../calendar/providers.ts';
import { findAgentBySlug, insertAgent } from '../../db/agents.ts';
import {
  insertCalendarConnection,
  replaceWebhook,
} from '../../db/calendars/calendar-connections.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { deliveryReceiver } from '../../token-server/webhooks/receive-delivery.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { Chance, hostileRequest, sendRaw } from './hostile-requests.ts';
import type { HostileRequest, RawAnswer } from './hostile-requests.ts';
import { startTokenServer } from './start-token-server.ts';

const database = useTestDatabase();
const masterKey = randomBytes(32);
const REQUESTS = 2_000;
/** As many at once as a browser opens connections. */
const AT_ONCE = 6;
/** Milliseconds for one, on a machine that has more to do. */
const BOUND = 5_000;

test('2,000 hostile requests are answered in time, never with 5xx, and each 400 says what is wrong', async () => {
  const { db } = database;
  const organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const id = await insertCalendarConnection(db, {
    organizationId,
    provider: 'calcom',
    name: 'Cal.com',
    timeZone: 'America/New_York',
  });
  const secret = 'whsec_test';
  await replaceWebhook(
    db,
    { organizationId, id },
    { id: 'webhook-1', secret: { plain: secret, masterKey } },
  );
  await insertAgent(db, {
    organizationId,
    slug: 'front-desk',
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
  });
  await using server = await startTokenServer({
    findAgent: (slug) => findAgentBySlug(db, slug),
    config: {
      trustProxy: ['loopback'],
      webDir: fileURLToPath(new URL('../../web', import.meta.url)),
    },
    webhooks: {
      providers: PROVIDERS,
      receiveDelivery: deliveryReceiver({ db, masterKey }),
      webhookLimiter: { take: async () => 0 },
    },
  });
  const port = Number(new URL(server.url).port);
  const webhook = {
    secret,
    paths: [
      `/api/webhooks/calcom/${id}`,
      `/api/webhooks/calcom/${id}`,
      '/api/webhooks/calcom/no-uuid',
      '/api/webhooks/calcom/%00',
      '/api/webhooks/calcom/%E0%A4%A',
      '/api/webhooks/__proto__/x',
      `/api/cal/webhook?connection=${id}`,
      '/api/cal/webhook?connection=%00&connection=x',
      '/api/cal/webhook',
    ],
  };
  const chance = new Chance(2_026);
  const requests = Array.from({ length: REQUESTS }, () => hostileRequest(chance, webhook));
  const statuses: Record<number, number> = {};
  const wrong: unknown[] = [];
  const send = async (): Promise<void> => {
    for (let request = requests.pop(); request; request = requests.pop()) {
      const begun = performance.now();
      const answer = await sendRaw(port, request);
      const milliseconds = performance.now() - begun;
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const fault = faultOf(request, answer);
      if (fault !== null || milliseconds > BOUND) {
        wrong.push({
          fault,
          milliseconds,
          ...request,
          body: String(request.body).slice(0, 300),
          answer,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  expect(wrong).toEqual([]);
  expect(server.logs().filter(({ msg }) => msg === 'request failed')).toEqual([]);
  // It came through to what it was to try: tokens, webhooks, refusals of every kind.
  for (const status of [200, 201, 400, 401, 404, 405, 413, 415]) {
    expect(statuses[status], `answers of ${status}`).toBeGreaterThan(5);
  }
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
}, 120_000);

/** What is wrong with an answer; null where nothing is. */
function faultOf({ method, path }: HostileRequest, { status, body }: RawAnswer): string | null {
  if (status >= 500) return 'a fault of ours';
  // Node itself answers what is no HTTP, without a body.
  if (status !== 400 || body === '' || method === 'HEAD') return null;
  const error = errorOf(body);
  if (error?.code !== 'invalid_request') return 'not in the one shape';
  if (!path.toLowerCase().startsWith('/api/token')) return null;
  const namesIt = error.field === undefined ? /^The (body|request)/.test(error.message) : true;
  return namesIt && (error.field === undefined || error.message.startsWith(`${error.field}: `))
    ? null
    : 'does not name the field';
}

function errorOf(body: string): { code: string; message: string; field?: string } | undefined {
  try {
    return (JSON.parse(body) as { error?: ReturnType<typeof errorOf> }).error;
  } catch {
    return undefined;
  }
}
