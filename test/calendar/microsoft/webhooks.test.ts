import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CalendarError } from '../../../calendar/calendar-error.ts';
import { microsoftWebhooks } from '../../../calendar/microsoft/webhooks.ts';
import type { WebhookRequest } from '../../../calendar/provider.ts';
import { readSample } from '../../rehearsal/simulators/microsoft/samples.ts';
import { startMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import { rejection } from '../contract/contract-world.ts';
import { clientOf } from './simulated.ts';

const HOUR = 3_600_000;
const SECRET = 'opaque-secret';

describe('the webhooks of Microsoft Graph', () => {
  let simulator: ValidatedMicrosoft;
  let now = Date.parse('2027-03-01T12:00:00Z');
  const webhooks = microsoftWebhooks(() => clientOf(simulator));
  const access = {} as Parameters<typeof webhooks.register>[0];
  /** What came to our address, as it came. */
  const received: WebhookRequest[] = [];
  let isSilent = false;
  const receiver = createServer((request, response) => {
    const answerTo = (body: string): void => {
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
      const given = { headers: request.headers, query, rawBody: Buffer.from(body) };
      const answer = isSilent ? undefined : webhooks.handshake(given);
      if (answer === undefined) received.push(given);
      response.writeHead(isSilent ? 404 : 200, { 'Content-Type': 'text/plain' });
      response.end(answer ?? '');
    };
    text(request).then(answerTo, () => response.destroy());
  });
  const address = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const wish = () => ({ address: address(), secret: SECRET, now: new Date(now) });

  beforeAll(async () => {
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    simulator = await startMicrosoft({ now: () => now });
  });
  beforeEach(() => {
    received.length = 0;
    isSilent = false;
    simulator.notifier.subscriptions.clear();
  });
  afterAll(async () => {
    receiver.close();
    await simulator.close();
  });

  const subscriptions = () => [...simulator.notifier.subscriptions.values()];

  it('are registered once for an address, and call it with the secret when something changes', async () => {
    const first = await webhooks.register(access, wish());
    const id = await webhooks.register(access, wish());
    expect(id).not.toBe(first);
    expect(subscriptions()).toHaveLength(1);
    expect(await webhooks.find(access, id)).toEqual({ address: address(), fault: null });
    expect(await webhooks.find(access, first)).toBeUndefined();
    simulator.mailbox.add({ start: '2027-03-03T15:00:00Z', end: '2027-03-03T15:30:00Z' });
    await simulator.notifier.settled();
    const [call] = received;
    if (!call) throw new Error('Nothing came.');
    expect(webhooks.verify(call, SECRET, new Date())).toBe(true);
    expect(webhooks.verify(call, 'another', new Date())).toBe(false);
    expect(webhooks.nameNotice(call).trigger).toBe('created');
    expect(webhooks.asksForRenewal(call)).toBe(false);
  });

  it('are not registered where nobody answers at the address', async () => {
    isSilent = true;
    expect(await rejection(webhooks.register(access, wish()))).toBeInstanceOf(CalendarError);
    expect(simulator.notifier.subscriptions.size).toBe(0);
  });

  it('end when they say, and tell where they call', async () => {
    const id = await webhooks.register(access, wish());
    const { endsAt, address: where } = webhooks.leaseOf(id);
    expect(endsAt).toEqual(new Date(subscriptions()[0]?.expires ?? 0));
    expect(endsAt.getTime() - now).toBeGreaterThan(60 * HOUR);
    expect(where).toBe(address());
    now = endsAt.getTime() + 1;
    expect(await webhooks.find(access, id)).toBeUndefined();
    expect(webhooks.leaseOf('nothing of the kind').endsAt.getTime()).toBeLessThan(now);
  });

  it('are removed, and one that is gone is no error', async () => {
    const id = await webhooks.register(access, wish());
    await webhooks.remove(access, id);
    await webhooks.remove(access, id);
    expect(await webhooks.find(access, id)).toBeUndefined();
  });

  it('answer the token by which Graph asks whether anybody is there, and nothing else', () => {
    const { request, response } = readSample('subscription.validation');
    const query = new URL(request.path, 'http://localhost').searchParams;
    const given = { headers: {}, query, rawBody: Buffer.alloc(0) };
    expect(webhooks.handshake(given)).toBe(response.body);
    expect(webhooks.handshake({ ...given, query: new URLSearchParams() })).toBeUndefined();
    const long = new URLSearchParams({ validationToken: 'x'.repeat(5_000) });
    expect(webhooks.handshake({ ...given, query: long })).toBeUndefined();
  });

  it.each([
    ['notification.change', 'updated', false],
    ['notification.lifecycle', 'reauthorizationRequired', true],
  ])('are read as the samples have them: %s', (name, trigger, needsRenewal) => {
    const rawBody = Buffer.from(JSON.stringify(readSample(name).request.body));
    const given = { headers: {}, query: new URLSearchParams(), rawBody };
    expect(webhooks.verify(given, SECRET, new Date())).toBe(true);
    const notice = webhooks.nameNotice(given);
    expect(notice).toEqual({ trigger, deliveryKey: webhooks.nameNotice(given).deliveryKey });
    const other = { ...given, rawBody: Buffer.from('{"value":[{"clientState":"x"}]}') };
    expect(webhooks.nameNotice(other).deliveryKey).not.toBe(notice.deliveryKey);
    expect(webhooks.asksForRenewal(given)).toBe(needsRenewal);
  });

  it('are refused where one of several notifications does not bear the secret', () => {
    const { value } = readSample('notification.change').request.body as { value: object[] };
    const [first = {}] = value;
    for (const other of [
      { ...first, clientState: 'guessed' },
      { ...first, clientState: null },
    ]) {
      const rawBody = Buffer.from(JSON.stringify({ value: [first, other] }));
      const given = { headers: {}, query: new URLSearchParams(), rawBody };
      expect(webhooks.verify(given, SECRET, new Date())).toBe(false);
    }
    for (const odd of ['', '{}', '{"value":[]}', 'null']) {
      const given = { headers: {}, query: new URLSearchParams(), rawBody: Buffer.from(odd) };
      expect(webhooks.verify(given, SECRET, new Date())).toBe(false);
      expect(webhooks.verify(given, '', new Date())).toBe(false);
    }
  });
});
