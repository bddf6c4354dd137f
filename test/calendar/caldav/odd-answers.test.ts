import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CalendarError } from '../../../calendar/calendar-error.ts';
import { readMultistatus } from '../../../calendar/caldav/multistatus.ts';
import { startScripted } from '../scripted-server.ts';
import type { ScriptStep } from '../scripted-server.ts';
import { openDav } from './open-dav.ts';

const NOW = new Date('2027-03-01T12:00:00Z');
const DAY = { from: new Date('2027-03-15T00:00:00Z'), to: new Date('2027-03-16T00:00:00Z') };

interface Recording {
  server: string;
  exchanges: {
    name: string;
    response: { status: number; headers: Record<string, string>; body: string };
  }[];
}

const SERVERS = ['radicale', 'xandikos', 'cyrus', 'sabre'].map((name) => {
  const file = new URL(`../../fixtures/caldav/recorded/${name}.json`, import.meta.url);
  return [name, JSON.parse(readFileSync(file, 'utf8')) as Recording] as const;
});

function recorded({ exchanges }: Recording, wanted: string): ScriptStep {
  const found = exchanges.find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no recording of "${wanted}".`);
  const { status, headers, body } = found.response;
  return { status, headers: { 'content-type': headers['content-type'] ?? 'text/plain' }, body };
}

/** Opens a calendar whose server answers so. */
async function opened(...script: ScriptStep[]) {
  const server = await startScripted(script);
  const calendar = `${server.url}/alice/rec/`;
  const places = { calendar, name: 'Probe', blocking: [calendar], addresses: [] };
  const open = openDav({ server: server.url, settings: { places } }, { now: () => NOW });
  return { calendar: open, requests: server.requests };
}

const EMPTY = '<multistatus xmlns="DAV:"/>';
const xml = (body: string, status = 207): ScriptStep => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});

describe('free times of a CalDAV server', () => {
  it.each(SERVERS)('are read of what %s was recorded to answer', async (_, recording) => {
    const free = await opened(recorded(recording, 'query, nothing found'));
    const all = await free.calendar.listSlots(DAY);
    const taken = await opened(recorded(recording, 'query'));
    const some = await taken.calendar.listSlots(DAY);
    // 14:00 to 14:30 UTC is taken, and each of two slots of half an hour touches it at its end alone.
    const starts = (slots: typeof all) => slots.map(({ start }) => start.toISOString());
    expect(starts(all).filter((at) => !starts(some).includes(at))).toEqual([
      '2027-03-15T14:00:00.000Z',
    ]);
  });

  const whole = '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">';
  const of = (inside: string) =>
    `${whole}<d:response><d:href>/alice/rec/x</d:href>${inside}</d:response></d:multistatus>`;
  const data = (ics: string) =>
    of(
      `<d:propstat><d:prop><c:calendar-data>${ics}</c:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>`,
    );

  it.each<[string, ScriptStep]>([
    ['a page to sign in at', { headers: { 'content-type': 'text/html' }, body: '<html></html>' }],
    ['a page that calls itself a multistatus', xml('<html><body>Sign in</body></html>')],
    ['nothing at all', xml('')],
    ['an answer that is cut off', xml(EMPTY.slice(0, -2))],
    ['a multistatus of another kind', xml('<multistatus xmlns="urn:other"/>')],
    ['an empty list with another status', xml(EMPTY, 200)],
    ['no content', { status: 204, body: '' }],
    [
      'an object without its data',
      xml(of('<d:propstat><d:prop/><d:status>HTTP/1.1 200 OK</d:status></d:propstat>')),
    ],
    ['an object that the server cannot read', xml(of('<d:status>HTTP/1.1 500 Oops</d:status>'))],
    ['an object that is no calendar', xml(data('<![CDATA[<html></html>]]>'))],
    ['an appointment that is cut off', xml(data('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2027'))],
    [
      'a list that is cut',
      xml(
        EMPTY.replace(
          '/>',
          '><response><href>/alice/rec/</href><status>HTTP/1.1 507 Too much</status></response></multistatus>',
        ),
      ),
    ],
    ['that it moved', { status: 302, headers: { location: '/login' }, body: '' }],
    ['that there is no such calendar', { status: 404, body: '' }],
    ['that it may not be read', { status: 403, body: '' }],
  ])('are none when it answers %s', async (_, step) => {
    const { calendar } = await opened(step);
    await expect(calendar.listSlots(DAY)).rejects.toBeInstanceOf(CalendarError);
  });

  it('are read of all there is where a range cannot be asked for', async () => {
    const event = data(
      'BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:20270315T140000Z\nDTEND:20270315T143000Z\nEND:VEVENT\nEND:VCALENDAR',
    );
    const { calendar, requests } = await opened({ status: 500, body: '' }, xml(event));
    const starts = (await calendar.listSlots(DAY)).map(({ start }) => start.toISOString());
    expect(starts).not.toContain('2027-03-15T14:00:00.000Z');
    expect(starts).toContain('2027-03-15T14:30:00.000Z');
    expect(requests.map(({ body }) => String(body).includes('time-range'))).toEqual([true, false]);
  });
});

describe('a recorded answer', () => {
  it.each(SERVERS)('of %s is read: who is who, and what changed', (_, { exchanges }) => {
    const read = (wanted: string) =>
      readMultistatus(exchanges.find(({ name }) => name === wanted)?.response.body ?? '');
    expect(read('principal').responses[0]?.properties.map(({ name }) => name)).toEqual([
      'current-user-principal',
    ]);
    // sabre says nothing of what is gone.
    const there = read('multiget').responses.filter(({ status }) => status !== 404);
    expect(there.map(({ properties }) => properties.map(({ name }) => name).toSorted())).toEqual([
      ['calendar-data', 'getetag'],
    ]);
    const first = read('sync, first');
    expect(first.syncToken).toMatch(/\S/);
    expect(first.responses.map(({ href }) => href.split('/').at(-1))).toContain('key-1.ics');
    const changed = read('sync, what changed').responses;
    expect(changed.filter(({ href }) => href.endsWith('key-1.ics'))).toMatchObject([
      { status: 404 },
    ]);
  });
});
