import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  comparable,
  Identifiers,
  readRace,
  readRecording,
  readWebhooks,
  RECORDINGS_FOLDER,
  type Recording,
} from './recording.ts';
import { RaceGate } from './race-gate.ts';
import { RECORDED_STEPS, type Step, type Unrecorded } from './recorded-steps.ts';
import { API_KEY, startCalcom, type ValidatedSimulator } from './start-calcom.ts';

const LIMIT = 'X-RateLimit-Limit-Default';
const DAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

let simulator: ValidatedSimulator;
const identifiers = new Identifiers();
const gate = new RaceGate();
beforeAll(async () => {
  simulator = await startCalcom({
    rateLimit: { limit: 120, window: 60_000 },
    raceWindow: gate.pass,
    accounts: [
      {
        username: 'owner',
        name: 'Olive Owner',
        email: 'owner@example.com',
        apiKey: API_KEY,
        availability: [{ days: [...DAYS], startTime: '09:00', endTime: '17:00' }],
      },
    ],
  });
  simulator.clock.set(Date.parse('2026-11-20T20:29:38Z'));
  simulator.webhooks.hold();
});
afterAll(async () => await simulator.close());

describe('the Cal.com simulator answers as was recorded', () => {
  it.each(RECORDED_STEPS.map((step) => ({ title: titleOf(step), step })))(
    '$title',
    async ({ step }) => {
      const { live, recorded } = await play(step);
      expect(live).toStrictEqual(recorded);
    },
  );

  it('leaves no recording out', () => {
    const files = readdirSync(RECORDINGS_FOLDER).map((file) => file.replace(/\.json$/, ''));
    const played = RECORDED_STEPS.map((step) =>
      typeof step === 'object' && 'race' in step ? step.race : step,
    );
    expect(files.filter((file) => !played.includes(file))).toStrictEqual(['webhooks']);
  });

  it('sends the webhooks that were recorded, in their order', () => {
    const recorded = readWebhooks();
    const sent = simulator.webhooks.deliveries.slice(0, recorded.length);
    const expected = recorded.map(({ rawBody }) => JSON.parse(rawBody) as unknown);
    for (const [index, delivery] of sent.entries()) {
      identifiers.learn(expected[index], JSON.parse(delivery.rawBody));
    }
    expect(sent.map(({ rawBody }) => comparable(JSON.parse(rawBody)))).toStrictEqual(
      comparable(identifiers.translate(expected)),
    );
  });

  it('signs as the recorded webhooks were signed', () => {
    const signed = (rawBody: string): string =>
      createHmac('sha256', 'whsec_test').update(rawBody).digest('hex');
    for (const { headers, rawBody } of readWebhooks()) {
      expect(headers['X-Cal-Signature-256']).toBe(signed(rawBody));
    }
    for (const { headers, rawBody } of simulator.webhooks.deliveries) {
      expect(headers['X-Cal-Signature-256']).toBe(signed(rawBody));
    }
  });
});

function titleOf(step: Step): string {
  if (typeof step === 'string') return step;
  if ('race' in step) return step.race;
  return 'request' in step ? `(then ${step.request.path})` : '(then a change in the database)';
}

/** What was answered, and what must have been. */
interface Played {
  live: unknown;
  recorded: unknown;
}

async function play(step: Step): Promise<Played> {
  if (typeof step === 'string') return await playRecording(readRecording(step));
  if ('race' in step) return await playRace(step.race, step.bodies);
  if ('request' in step) return await playUnrecorded(step.request);
  step.arrange(simulator);
  return { live: null, recorded: null };
}

async function playRecording({ request, response }: Recording): Promise<Played> {
  const live = await send(identifiers.translate(request));
  const body: unknown = await live.json();
  identifiers.learn(response.body, body);
  const headers = Object.keys(response.headers);
  return {
    live: {
      status: live.status,
      body: comparable(body),
      headers: headers.filter((name) => live.headers.has(name)),
      type: live.headers.get('Content-Type'),
      limit: live.headers.get(LIMIT) ?? undefined,
    },
    recorded: {
      status: response.status,
      body: comparable(identifiers.translate(response.body)),
      headers,
      type: response.headers['Content-Type'],
      limit: response.headers[LIMIT],
    },
  };
}

async function playUnrecorded(unrecorded: Unrecorded): Promise<Played> {
  const { headers = {}, uid } = unrecorded;
  const live = await send(identifiers.translate({ ...unrecorded, headers }));
  const { data } = (await live.json()) as { data: { uid: string } };
  if (uid !== undefined) identifiers.add(uid, data.uid);
  return { live: live.status, recorded: 201 };
}

async function playRace(name: string, bodies: object[]): Promise<Played> {
  const headers = { 'Content-Type': 'application/json', 'cal-api-version': '2024-08-13' };
  gate.gather(bodies.length);
  const answers = await Promise.all(
    bodies.map(async (body) => {
      const live = await send({ method: 'POST', path: '/v2/bookings', headers, body });
      return { status: live.status, body: await live.json() };
    }),
  );
  const [winner] = byStatus(answers);
  const recorded = byStatus(readRace(name));
  identifiers.learn(recorded, byStatus(answers));
  // Which of the racers wins is chance; the recorded one was c1.
  identifiers.add('c1@example.com', JSON.stringify(winner).match(/c\d@example\.com/)?.[0] ?? '');
  return {
    live: comparable(byStatus(answers)),
    recorded: comparable(identifiers.translate(recorded)),
  };
}

function byStatus(answers: { status: number; body: unknown }[]) {
  return answers.toSorted((one, other) => one.status - other.status);
}

async function send(request: Recording['request']): Promise<Response> {
  return await fetch(`${simulator.url}${request.path}`, {
    method: request.method,
    headers: request.headers,
    ...(request.body !== null && { body: JSON.stringify(request.body) }),
  });
}
