import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { OutboxPayload } from '../../booking/outbox/outbox-payload.ts';
import { readProviders } from '../../calendar/providers.ts';
import { insertAppointment } from '../../db/appointments/appointments.ts';
import { requestIntent } from '../../db/intents/request-intent.ts';
import { insertOutboxMessage } from '../../db/messages/outbox-messages.ts';
import type { OutboxKind } from '../../db/values.ts';
import { createMailer } from '../../jobs/mail/mailer.ts';
import { sendMail } from '../../jobs/tasks/send-mail.ts';
import type { SendMailParts } from '../../jobs/tasks/send-mail.ts';
import { parseMail } from '../support/mail-parts.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpServer } from '../support/smtp-server.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { insertTenant } from '../support/tenants.ts';

const CLOCK = clockFrom('2026-11-20T12:00:00Z');
const database = useTestDatabase({ clock: CLOCK });

const payload: OutboxPayload = {
  language: 'en',
  businessName: 'Harbor Street Clinic',
  eventName: 'Consultation',
  host: null,
  preparation: null,
  attendee: { name: 'Zoë <b>Łukasz</b>', timeZone: 'Europe/Paris' },
  calendarTimeZone: 'America/New_York',
  time: { start: '2026-11-24T19:30:00.000Z', end: '2026-11-24T20:00:00.000Z' },
  wished: null,
  location: 'Room 2; ask for Ann',
  organizer: { name: 'Olive Owner', email: 'owner@example.com' },
  reason: null,
  isPending: false,
  hasEnded: false,
  byBusiness: false,
  calendarFile: { uid: 'a1b2@slotline', sequence: 3 },
};

/** Every test has messages of its own alone: what an earlier one left is not due. */
async function queue(kind: OutboxKind, more: Partial<OutboxPayload> = {}) {
  await database.db.deleteFrom('outboxMessages').execute();
  const { organizationId } = await insertTenant(database.db);
  await queueNext(organizationId, kind, more);
  return organizationId;
}

/** One more message to the same organization's attendee. */
async function queueNext(
  organizationId: string,
  kind: OutboxKind,
  more: Partial<OutboxPayload> = {},
  appointmentId: string | null = null,
) {
  await insertOutboxMessage(database.db, {
    organizationId,
    kind,
    messageKey: randomUUID(),
    appointmentId,
    intentId: null,
    recipient: 'zoe@example.com',
    payload: { ...payload, ...more },
  });
}

function work(server: SmtpServer, more: Partial<SendMailParts> = {}) {
  const lines: string[] = [];
  const mailer = createMailer({ url: server.url, from: 'Front desk <desk@example.com>' });
  const task = sendMail({
    db: database.db,
    logger: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
    mailer,
    providers: readProviders({}),
    now: CLOCK.now,
    pause: 0,
    ...more,
  });
  // The task looks for its work itself: it uses nothing of the worker.
  return { run: async () => task({}, undefined as never), log: () => lines.join(''), mailer };
}

function rows() {
  return database.db.selectFrom('outboxMessages').selectAll().orderBy('createdAt').execute();
}

/** The calendar file's lines, unfolded. */
function calendarLines(raw: string): string[] {
  const part = parseMail(raw).parts.find(({ contentType }) =>
    contentType.startsWith('text/calendar'),
  );
  return (part?.content ?? '').replaceAll('\r\n ', '').split('\r\n');
}

test('a booking is told in words and as a calendar file, in the zone of the attendee', async () => {
  await using server = await startSmtpServer();
  await queue('booked');
  const { run, log } = work(server);
  await run();
  expect(await rows()).toMatchObject([{ state: 'sent', attempts: 1, lastError: null }]);
  const [mail] = server.received;
  expect(mail).toMatchObject({ from: 'desk@example.com', to: 'zoe@example.com' });
  const { headers, parts } = parseMail(mail?.raw ?? '');
  expect(headers['subject']).toBe(
    'Your appointment: Tuesday, November 24 at 8:30 PM Central European time',
  );
  expect(headers['from']).toContain('<desk@example.com>');
  expect(headers['message-id']).toMatch(/^<[0-9a-f-]{36}@slotline>$/);
  expect(headers['auto-submitted']).toBe('auto-generated');
  const [text, html] = parts;
  expect(text?.content).toContain('Your appointment is booked.');
  expect(text?.content).toContain('8:30 PM Central European time, 30 minutes');
  expect(text?.content).toContain('Where: Room 2; ask for Ann');
  expect(html?.content).toContain('Zoë &lt;b&gt;Łukasz&lt;/b&gt;');
  expect(html?.content).not.toContain('<b>');
  const lines = calendarLines(mail?.raw ?? '');
  expect(lines).toEqual(
    expect.arrayContaining([
      'METHOD:REQUEST',
      'UID:a1b2@slotline',
      'SEQUENCE:3',
      'DTSTART;TZID=Europe/Paris:20261124T203000',
      'DTEND;TZID=Europe/Paris:20261124T210000',
      'TZID:Europe/Paris',
      'TZOFFSETTO:+0100',
      'STATUS:CONFIRMED',
      'SUMMARY:Consultation\\, Harbor Street Clinic',
      'LOCATION:Room 2\\; ask for Ann',
    ]),
  );
  expect(lines.find((line) => line.startsWith('ORGANIZER'))).toContain('owner@example.com');
  expect(lines.find((line) => line.startsWith('ATTENDEE'))).toContain('zoe@example.com');
  expect(mail?.raw).toMatch(/text\/calendar;[^\n]*\s*method=REQUEST/i);
  expect(log()).not.toMatch(/zoe|Zoë|example\.com/i);
});

test('a mail says with whom it is and what to bring, as long as it stands', async () => {
  await using server = await startSmtpServer();
  const told = { host: 'Dr. Adams', preparation: 'Come at 2:15 PM.\nBring your <card>.' };
  const organizationId = await queue('booked', told);
  await queueNext(organizationId, 'cancelled', told);
  await work(server).run();
  const texts = server.received.map(({ raw }) => parseMail(raw).parts);
  const [booked] = texts.filter(([text]) => text?.content.includes('is booked'));
  const [cancelled] = texts.filter(([text]) => !text?.content.includes('is booked'));
  expect(booked?.[0]?.content).toContain('Central European time with Dr. Adams, 30 minutes');
  expect(booked?.[0]?.content).toContain('Come at 2:15 PM.\r\nBring your <card>.');
  expect(booked?.[1]?.content).toContain('Come at 2:15 PM.<br>\r\nBring your &lt;card&gt;.');
  expect(cancelled?.[0]?.content).toContain('with Dr. Adams');
  expect(cancelled?.[0]?.content).not.toContain('Bring');
});

test.for([
  'owner@example.com\r\nATTENDEE:mailto:eve@evil.example',
  'owner@example.com"\nX-A:b',
  'nobody',
  '',
])('an organizer with the address %j is told as the sender', async (email) => {
  await using server = await startSmtpServer();
  await queue('booked', {
    organizer: { name: 'Olive\u0001\u001b[2J\u202eOwner\r\nX-A:b', email },
  });
  await work(server).run();
  const lines = calendarLines(server.received[0]?.raw ?? '');
  const organizer = lines.find((line) => line.startsWith('ORGANIZER'));
  expect(organizer).toContain('desk@example.com');
  expect(organizer).not.toMatch(/\p{Cc}|\u202e|evil/u);
  expect(lines.filter((line) => line.startsWith('X-A'))).toEqual([]);
});

test('what a provider calls place, event and attendee is one printable line of the file', async () => {
  await using server = await startSmtpServer();
  await queue('booked', {
    location: 'Room\u0007 2\u2028\u001b[31m\r\nBEGIN:VALARM',
    eventName: '\u0001Consul\u200btation',
    attendee: { ...payload.attendee, name: 'Zoë\u0008\u007f\u009b Łukasz' },
  });
  await work(server).run();
  const lines = calendarLines(server.received[0]?.raw ?? '');
  expect(lines).toContain('LOCATION:Room 2 [31m BEGIN:VALARM');
  expect(lines).toContain('SUMMARY:Consultation\\, Harbor Street Clinic');
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  expect(lines).not.toContain('BEGIN:VALARM');
});

test.for([
  ['http://evil.example/pay', 'http: evil. example pay'],
  ['Mary evil.example', 'Mary evil. example'],
  ['Mary";ROLE=CHAIR:mailto:eve@evil.example', 'Mary";ROLE=CHAIR: mailto: eve at evil. example'],
  ['Mary\r\nBcc: eve@evil.example', 'Mary Bcc: eve at evil. example'],
] as const)('the name %s is no link, and nothing but a name', async ([name, shown]) => {
  await using server = await startSmtpServer();
  await queue('booked', { attendee: { name, timeZone: 'Europe/Paris' } });
  await work(server).run();
  const [mail] = server.received;
  const { headers, parts } = parseMail(mail?.raw ?? '');
  const everything = [mail?.raw ?? '', ...parts.map(({ content }) => content)].join('\n');
  expect(everything).not.toMatch(/evil\.example/);
  expect(headers).not.toHaveProperty('bcc');
  expect(mail?.to).toBe('zoe@example.com');
  expect(parts[0]?.content).toContain(`Hello ${shown},`);
  const attendee = calendarLines(mail?.raw ?? '').filter((line) => line.startsWith('ATTENDEE'));
  expect(attendee).toHaveLength(1);
  expect(attendee[0]).toMatch(/^ATTENDEE;ROLE=REQ-PARTICIPANT;.*:MAILTO:zoe@example\.com$/i);
});

test.for(['Etc/Unknown', "x'; drop", ''])(
  'a message tells the time in the calendar’s zone where the attendee’s is %j',
  async (timeZone) => {
    await using server = await startSmtpServer();
    await queue('booked', { attendee: { name: 'Zoë', timeZone } });
    await work(server).run();
    const raw = server.received[0]?.raw ?? '';
    expect(parseMail(raw).headers['subject']).toContain('at 2:30 PM Eastern time');
    expect(calendarLines(raw)).toContain('DTSTART;TZID=America/New_York:20261124T143000');
  },
);

test('a cancellation takes the entry out of the calendar', async () => {
  await using server = await startSmtpServer();
  await queue('cancelled');
  await work(server).run();
  expect(calendarLines(server.received[0]?.raw ?? '')).toEqual(
    expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'UID:a1b2@slotline']),
  );
});

describe('a message says what happened', () => {
  test.for([
    ['booked', 'is booked', true],
    ['rescheduled', 'has moved', true],
    ['cancelled', 'is cancelled', true],
    ['settled_booked', 'It is booked now', true],
    ['settled_not_booked', 'it was not booked, and nothing is reserved', false],
    ['settled_rescheduled', 'It is moved now', true],
    ['settled_not_rescheduled', 'it was not moved to Friday, November 27', false],
    ['settled_cancelled', 'It is cancelled now', true],
    ['settled_not_cancelled', 'it was not cancelled, and still stands', false],
  ] as const)('%s: %s', async ([kind, words, hasFile]) => {
    await using server = await startSmtpServer();
    await queue(kind, {
      wished: { start: '2026-11-27T15:00:00.000Z', end: '2026-11-27T15:30:00.000Z' },
    });
    await work(server).run();
    const raw = server.received[0]?.raw ?? '';
    const { headers, parts } = parseMail(raw);
    expect(parts[0]?.content).toContain(words);
    expect(headers['subject']).toContain('Tuesday, November 24 at 8:30 PM');
    expect(raw.includes('text/calendar')).toBe(hasFile);
    expect(parts[0]?.content.includes('on the phone')).toBe(kind.startsWith('settled'));
  });
});

describe('of an appointment that was cancelled before it could be said', () => {
  test.for([
    ['booked', 'has been cancelled since', 'CANCEL'],
    ['rescheduled', 'has been cancelled since', 'CANCEL'],
    ['settled_booked', 'has been cancelled since', 'CANCEL'],
    ['settled_not_booked', 'it was not booked', null],
    ['settled_rescheduled', 'has been cancelled since', 'CANCEL'],
    ['settled_not_rescheduled', 'it has been cancelled meanwhile', 'CANCEL'],
    ['settled_cancelled', 'It is cancelled now', 'CANCEL'],
    ['settled_not_cancelled', 'It has been cancelled meanwhile', 'CANCEL'],
  ] as const)('%s: %s', async ([kind, words, file]) => {
    await using server = await startSmtpServer();
    await queue(kind, {
      hasEnded: true,
      wished: { start: '2026-11-27T15:00:00.000Z', end: '2026-11-27T15:30:00.000Z' },
    });
    await work(server).run();
    const raw = server.received[0]?.raw ?? '';
    const { headers, parts } = parseMail(raw);
    expect(parts[0]?.content).toContain(words);
    expect(parts[0]?.content).not.toMatch(/stays|still stands|change or cancel it/);
    expect(headers['subject']).not.toMatch(/stays|moved/);
    expect(calendarLines(raw).includes(`METHOD:${file}`)).toBe(file !== null);
  });
});

test.for([
  ['cancelled', 'We had to cancel your appointment', { hasEnded: true }],
  ['rescheduled', 'We had to move your appointment', {}],
] as const)(
  'what the business has %s is not called what the attendee asked for, and says why',
  async ([kind, words, more]) => {
    await using server = await startSmtpServer();
    await queue(kind, { ...more, byBusiness: true, reason: 'The doctor is ill' });
    await work(server).run();
    const content = parseMail(server.received[0]?.raw ?? '').parts[0]?.content;
    expect(content).toContain(words);
    expect(content).toContain('The reason: The doctor is ill');
    expect(content).not.toMatch(/as you asked|cancelled since/);
  },
);

test('where the provider sends the calendar file, ours is left out', async () => {
  await using server = await startSmtpServer();
  await database.db.deleteFrom('outboxMessages').execute();
  const appointmentIds = await Promise.all([bookedAt('calcom'), bookedAt('fake')]);
  for (const { organizationId, appointmentId } of appointmentIds) {
    await queueNext(organizationId, 'settled_booked', {}, appointmentId);
  }
  await work(server).run();
  expect(server.received.map(({ raw }) => raw.includes('text/calendar'))).toEqual([false, true]);
});

/** An appointment of a calendar of that provider. */
async function bookedAt(provider: string) {
  const { db } = database;
  const { organizationId, agentId, calendarConnectionId, bookingEventId } = await insertTenant(db);
  await db
    .updateTable('calendarConnections')
    .set({ provider })
    .where('id', '=', calendarConnectionId)
    .execute();
  const booked = {
    organizationId,
    agentId,
    calendarConnectionId,
    bookingEventId,
    callId: null,
    eventType: 'appointment',
    startAt: new Date(payload.time.start),
    endAt: new Date(payload.time.end),
    attendee: { name: 'Zoë', email: 'zoe@example.com', phone: null, timeZone: 'Europe/Paris' },
    notes: null,
    organizerEmail: null,
  };
  const { id: intentId } = await requestIntent(db, {
    ...booked,
    kind: 'book',
    resource: 'calendar',
    idempotencyKey: randomUUID(),
    appointmentId: null,
    answers: {},
  });
  const appointmentId = await insertAppointment(db, {
    ...booked,
    intentId,
    reference: randomUUID(),
    providerUid: randomUUID(),
    status: 'confirmed',
    location: null,
    providerChangedAt: booked.startAt,
  });
  return { organizationId, appointmentId };
}

test('an appointment across a change of the clocks is written in UTC', async () => {
  await using server = await startSmtpServer();
  // Paris sets its clocks forward at 01:00 UTC that day.
  const time = { start: '2027-03-28T00:30:00.000Z', end: '2027-03-28T01:30:00.000Z' };
  await queue('booked', { time });
  await work(server).run();
  expect(calendarLines(server.received[0]?.raw ?? '')).toContain('DTSTART:20270328T003000Z');
});

test('nothing is lost without a mail server, and one line says so', async () => {
  await using server = await startSmtpServer();
  await queue('booked');
  const { run, log } = work(server, { mailer: null });
  await run();
  await run();
  expect(await rows()).toMatchObject([{ state: 'pending', attempts: 0 }]);
  expect(log().match(/SMTP_URL/g)).toHaveLength(1);
  await work(server).run();
  expect(await rows()).toMatchObject([{ state: 'sent' }]);
});

test('what the server does not take now is tried again, and sent once', async () => {
  await using server = await startSmtpServer();
  await queue('booked');
  server.answers.push('451 {to} try later', '451 {to} try later');
  const { run, log } = work(server);
  await run();
  await run();
  await run();
  expect(await rows()).toMatchObject([{ state: 'sent', attempts: 3, lastError: null }]);
  expect(server.received).toHaveLength(1);
  expect(log()).not.toContain('example.com');
});

test('the next attempt waits longer each time', async () => {
  await using server = await startSmtpServer();
  await queue('booked');
  server.answers.push('451 later');
  const { run } = work(server, { pause: 60_000 });
  await run();
  await run();
  const [row] = await rows();
  expect(row).toMatchObject({
    state: 'pending',
    attempts: 1,
    lastError: 'EENVELOPE 451 at RCPT TO',
  });
  expect((row?.dueAt.getTime() ?? 0) - CLOCK.now().getTime()).toBeGreaterThan(50_000);
});

test('an address that does not exist is given up at once, and not written down', async () => {
  await using server = await startSmtpServer();
  await queue('booked');
  server.answers.push('550 5.1.1 <{to}> no such user');
  await work(server).run();
  const [row] = await rows();
  expect(row).toMatchObject({ state: 'failed', attempts: 1 });
  expect(row?.lastError).toBe('EENVELOPE 550 at RCPT TO');
});

test('it is given up after the last attempt', async () => {
  await using server = await startSmtpServer();
  await queue('booked');
  const { run } = work(server, {
    mailer: createMailer({ url: 'smtp://127.0.0.1:1', from: 'desk@example.com' }),
    attempts: 3,
  });
  await run();
  expect(await rows()).toMatchObject([{ state: 'failed', attempts: 3 }]);
});

test('what is over is not told any more', async () => {
  await using server = await startSmtpServer();
  await queue('booked');
  await work(server, { now: () => new Date('2026-12-24T12:00:00Z') }).run();
  expect(server.received).toEqual([]);
  expect(await rows()).toMatchObject([{ state: 'failed' }]);
});

test('what cannot be put into words is given up, and the next is sent', async () => {
  await using server = await startSmtpServer();
  // Zones that this machine does not know.
  const timeZone = 'Mars/Olympus_Mons';
  const attendee = { ...payload.attendee, timeZone };
  const organizationId = await queue('booked', { attendee, calendarTimeZone: timeZone });
  await queueNext(organizationId, 'booked');
  await work(server, { pause: 60_000 }).run();
  expect(await rows()).toMatchObject([
    { state: 'failed', attempts: 1, lastError: expect.stringContaining('RangeError') as string },
    { state: 'sent', attempts: 1 },
  ]);
  expect((await rows())[0]?.lastError).not.toMatch(/Mars|zoe/i);
});

test('several at work send each message once', async () => {
  await using server = await startSmtpServer();
  const organizationId = await queue('booked');
  for (let count = 1; count < 20; count += 1) {
    await queueNext(organizationId, 'booked');
  }
  await Promise.all(Array.from({ length: 4 }, () => work(server, { pause: 60_000 }).run()));
  expect(server.received).toHaveLength(20);
  expect((await rows()).every(({ state }) => state === 'sent')).toBe(true);
});
