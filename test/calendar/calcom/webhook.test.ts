import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isSignedByCalcom } from '../../../calendar/calcom/webhook-signature.ts';
import { readCalcomDelivery, readCalcomNews } from '../../../calendar/calcom/webhook.ts';
import { WebhookUnreadableError } from '../../../calendar/calendar-error.ts';
import { recordedWebhooks } from '../../support/recorded-webhooks.ts';

const bodies = recordedWebhooks.map(({ rawBody }) => JSON.parse(rawBody) as object);
const [created, moved] = bodies;

describe('the signature', () => {
  test.for(recordedWebhooks.map((webhook, index) => [index, webhook] as const))(
    'of recorded webhook %i fits its bytes and no others',
    ([, { rawBody, headers, secret }]) => {
      const signature = headers['X-Cal-Signature-256'];
      const bytes = Buffer.from(rawBody);
      expect(isSignedByCalcom(bytes, signature, secret)).toBe(true);
      expect(isSignedByCalcom(bytes, signature?.toUpperCase(), secret)).toBe(true);
      expect(isSignedByCalcom(Buffer.concat([bytes, Buffer.from(' ')]), signature, secret)).toBe(
        false,
      );
      expect(isSignedByCalcom(bytes, signature, 'whsec_other')).toBe(false);
    },
  );

  test.for([undefined, '', 'no-secret-provided', '00', `${'0'.repeat(63)}z`, '0'.repeat(64)])(
    'is refused when it reads %s',
    (signature) => {
      expect(isSignedByCalcom(Buffer.from('{}'), signature, 'whsec_test')).toBe(false);
    },
  );
});

describe('a delivery', () => {
  test('has the same key each time it comes, and no other has it', () => {
    const keys = bodies.map((body) => readCalcomDelivery(body).deliveryKey);
    expect(new Set(keys).size).toBe(bodies.length);
    expect(readCalcomDelivery({ ...created, additional: 1 }).deliveryKey).toBe(keys[0]);
    expect(keys.join(' ')).not.toContain('9pjRttm61Tg3QrZQocM8Uz');
  });

  test('of a trigger without a booking is known by its content', () => {
    const flat = { triggerEvent: 'MEETING_ENDED', uid: 'abc', createdAt: '2026-11-20T20:32:54Z' };
    expect(readCalcomDelivery(flat).deliveryKey).not.toBe(
      readCalcomDelivery({ ...flat, uid: 'abd' }).deliveryKey,
    );
    const odd = { triggerEvent: 'SOMETHING_NEW', payload: { of: 'tomorrow' } };
    expect(readCalcomDelivery(odd)).toEqual(readCalcomDelivery({ ...odd }));
    expect(readCalcomNews(odd)).toBeUndefined();
    expect(readCalcomNews(flat)).toBeUndefined();
  });

  test.for([undefined, null, 'text', 7, [], {}, { triggerEvent: 7 }])('is not %j', (body) => {
    expect(() => readCalcomDelivery(body)).toThrow(WebhookUnreadableError);
  });

  test('of a booking without a uid is refused', () => {
    expect(() => readCalcomNews({ triggerEvent: 'BOOKING_CREATED', payload: {} })).toThrow(
      z.ZodError,
    );
  });
});

describe('the news', () => {
  test('of a creation are time, people and place', () => {
    expect(readCalcomNews(created)).toEqual({
      uid: '9pjRttm61Tg3QrZQocM8Uz',
      changedAt: new Date('2026-11-20T20:32:54.509Z'),
      status: 'confirmed',
      start: new Date('2026-12-07T15:00:00Z'),
      end: new Date('2026-12-07T15:30:00Z'),
      eventType: 'consultation',
      attendees: [
        { name: 'Ada Caller', email: 'ada@example.com', phone: null, timeZone: 'America/New_York' },
      ],
      organizer: { name: 'Olive Owner', email: 'owner@example.com' },
      title: 'Consultation between Olive Owner and Ada Caller',
      description: 'Intro call',
      notes: null,
      location: null,
      responses: {
        name: 'Ada Caller',
        email: 'ada@example.com',
        location: { value: 'phone', optionValue: '' },
      },
      metadata: {},
    });
  });

  test('of a move name the booking that it was', () => {
    expect(readCalcomNews(moved)).toMatchObject({
      uid: '4DosEqoEUFGTnqZPByZWNA',
      previousUid: '9pjRttm61Tg3QrZQocM8Uz',
      status: 'confirmed',
      start: new Date('2026-12-07T16:00:00Z'),
    });
  });

  test('of each recorded trigger have its status', () => {
    const seen = new Map(
      recordedWebhooks.map(({ triggerEvent }, index) => [
        triggerEvent,
        readCalcomNews(bodies[index])?.status,
      ]),
    );
    expect(Object.fromEntries(seen)).toEqual({
      BOOKING_CREATED: 'confirmed',
      BOOKING_RESCHEDULED: 'confirmed',
      BOOKING_CANCELLED: 'cancelled',
      BOOKING_REQUESTED: 'pending',
      BOOKING_REJECTED: 'rejected',
    });
  });

  test('of a payment say that it is paid, and by what', () => {
    const paid = { uid: 'abc', paymentId: 41, status: 'ACCEPTED' };
    expect(readCalcomNews({ triggerEvent: 'BOOKING_PAID', createdAt: 'x', payload: paid })).toEqual(
      { uid: 'abc', changedAt: null, status: 'confirmed', paid: true, paymentId: '41' },
    );
  });

  test('of an attendee with a number alone invent no address', () => {
    const attendee = { name: 'Phone Only', email: '14155552671@sms.cal.com', timeZone: 'UTC' };
    const payload = { uid: 'abc', attendees: [attendee] };
    expect(readCalcomNews({ triggerEvent: 'BOOKING_CREATED', payload })?.attendees).toEqual([
      { name: 'Phone Only', email: null, phone: '+14155552671', timeZone: 'UTC' },
    ]);
  });

  test('survive fields that are not as expected', () => {
    const payload = { uid: 'abc', startTime: 'soon', attendees: 'many', metadata: 7, title: {} };
    expect(readCalcomNews({ triggerEvent: 'BOOKING_CREATED', payload })).toEqual({
      uid: 'abc',
      changedAt: null,
      status: 'confirmed',
    });
  });

  test('carry our key where the booking is ours', () => {
    const payload = { uid: 'abc', metadata: { idempotencyKey: 'k1' } };
    expect(readCalcomNews({ triggerEvent: 'BOOKING_CREATED', payload })?.key).toBe('k1');
  });
});
