import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WebhookUnreadableError } from '../../../calendar/calendar-error.ts';
import { calendlyWebhooks } from '../../../calendar/calendly/webhooks.ts';
import type { ConnectionAccess } from '../../../calendar/provider.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import { readSample } from '../../rehearsal/simulators/calendly/sample-shapes.ts';
import { startCalendly, TOKEN } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';

const SECRET = 'a signing key';
const AT = Date.parse('2026-11-28T15:00:00Z') / 1_000;

function verify(
  body: string,
  change: { time?: number; now?: number; key?: string; header?: string | string[] } = {},
): boolean {
  const { time = AT, now = AT, key = SECRET } = change;
  const hex = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
  const header = change.header ?? `t=${time},v1=${hex}`;
  const request = {
    headers: { 'calendly-webhook-signature': header },
    query: new URLSearchParams(),
    rawBody: Buffer.from(body),
  };
  return calendlyWebhooks.verify(request, SECRET, new Date(now * 1_000));
}

describe('a delivery', () => {
  it('is believed when it is signed with the key, not three minutes ago', () => {
    expect(verify('{}')).toBe(true);
    expect(verify('{}', { now: AT + 180 })).toBe(true);
    expect(verify('{}', { now: AT - 60 })).toBe(true);
  });

  it.each<[string, Parameters<typeof verify>[1]]>([
    ['another key', { key: 'another' }],
    ['an old time', { now: AT + 181 }],
    ['a time to come', { now: AT - 181 }],
    ['no time', { header: `v1=${'0'.repeat(64)}` }],
    ['no signature', { header: `t=${AT}` }],
    ['two headers', { header: ['t=1', 'v1=2'] }],
    ['no words at all', { header: '' }],
    ['a time that is none', { header: `t=now,v1=${'0'.repeat(64)}` }],
  ])('is refused with %s', (_, change) => {
    expect(verify('{}', change)).toBe(false);
  });

  it('is refused when the time was put in the place of the signed one', () => {
    const hex = createHmac('sha256', SECRET)
      .update(`${AT - 600}.{}`)
      .digest('hex');
    expect(verify('{}', { header: `t=${AT},v1=${hex}` })).toBe(false);
  });
});

/** The body of a sample of the documentation. */
function sampled(name: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(readSample(name).request?.body);
}

describe('what a delivery says', () => {
  const created = sampled('webhook.invitee-created');
  const movedAway = sampled('webhook.invitee-canceled-by-move');

  it('is a booking, from the documentation’s sample', () => {
    expect(calendlyWebhooks.read(created)).toMatchObject({
      uid: 'EV1',
      status: 'confirmed',
      start: new Date('2026-12-14T15:00:00Z'),
      end: new Date('2026-12-14T15:30:00Z'),
      key: '9f6c1f7e-0000-4000-8000-000000000001',
      attendees: [{ name: 'Ann Example', email: 'ann@example.com', timeZone: 'America/New_York' }],
      location: '1 Main Street',
    });
  });

  it('is nothing where the attendee chose another time: what came in its place tells it', () => {
    expect(calendlyWebhooks.read(movedAway)).toBeUndefined();
    const payload = created['payload'] as Record<string, unknown>;
    const oldInvitee = 'https://api.calendly.com/scheduled_events/EV0/invitees/INV0';
    const moved = { ...created, payload: { ...payload, old_invitee: oldInvitee } };
    expect(calendlyWebhooks.read(moved)).toMatchObject({ uid: 'EV1', previousUid: 'EV0' });
  });

  it('is nothing of a meeting for several, nor of another event', () => {
    const payload = created['payload'] as { scheduled_event: object };
    const counter = { total: 1, active: 1, limit: 5 };
    const event = { ...payload.scheduled_event, invitees_counter: counter };
    const group = { ...created, payload: { ...payload, scheduled_event: event } };
    expect(calendlyWebhooks.read(group)).toBeUndefined();
    expect(calendlyWebhooks.read({ ...created, event: 'invitee_no_show.created' })).toBeUndefined();
  });

  it('cannot be read where it is none', () => {
    expect(() => calendlyWebhooks.read({ event: 'invitee.created' })).toThrow(
      WebhookUnreadableError,
    );
    const broken = { event: 'invitee.created', payload: { uri: 'INV1' } };
    expect(() => calendlyWebhooks.read(broken)).toThrow(z.ZodError);
    expect(() => calendlyWebhooks.nameDelivery('text')).toThrow(WebhookUnreadableError);
  });

  it('has one name however often it is sent', () => {
    const again = { ...created, created_at: '2026-11-28T16:00:00.000000Z' };
    const name = calendlyWebhooks.nameDelivery(created);
    expect(calendlyWebhooks.nameDelivery(again)).toEqual(name);
    expect(calendlyWebhooks.nameDelivery(movedAway).deliveryKey).not.toBe(name.deliveryKey);
    expect(name.deliveryKey).not.toContain('INV1');
  });
});

describe('a subscription', () => {
  let simulator: ValidatedSimulator;
  beforeAll(async () => {
    simulator = await startCalendly();
  });
  afterAll(() => simulator.close());
  const access = (): ConnectionAccess => ({
    settings: {},
    credential: TOKEN,
    environment: { CALENDLY_BASE_URL: simulator.url },
    limiter: () => memoryLimiter({ limit: 1_000_000, window: 60_000 }),
  });

  it('is registered in the place of one of the same address, found and removed', async () => {
    const webhook = {
      address: 'https://voice.example.com/hook',
      secret: SECRET,
      now: new Date(),
    };
    const first = await calendlyWebhooks.register(access(), webhook);
    const second = await calendlyWebhooks.register(access(), webhook);
    expect(second).not.toBe(first);
    expect([...simulator.state.subscriptions.keys()]).toEqual([second]);
    expect(await calendlyWebhooks.find(access(), first)).toBeUndefined();
    const found = await calendlyWebhooks.find(access(), second);
    expect(found).toEqual({ address: webhook.address, fault: null });
    const subscription = simulator.state.subscriptions.get(second);
    if (!subscription) throw new Error('It is gone.');
    expect(subscription.signingKey).toBe(SECRET);
    subscription.events = ['invitee.created'];
    expect((await calendlyWebhooks.find(access(), second))?.fault).toContain('invitee.canceled');
    subscription.state = 'disabled';
    expect((await calendlyWebhooks.find(access(), second))?.fault).toContain('switched off');
    await calendlyWebhooks.remove(access(), second);
    await calendlyWebhooks.remove(access(), second);
    expect(simulator.state.subscriptions.size).toBe(0);
  });
});
