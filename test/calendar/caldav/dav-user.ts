import { transport } from '../../../runtime/http-transport.ts';
import { DAV_PASSWORD, DAV_USER } from '../../support/dav-server.ts';

const AUTHORIZATION = `Basic ${Buffer.from(`${DAV_USER}:${DAV_PASSWORD}`).toString('base64')}`;

/** The calendar's owner, at work in another calendar program. */
export class DavOwner {
  readonly calendar: string;

  /** @param calendar the address of theirs */
  constructor(calendar: string) {
    this.calendar = calendar;
  }

  /** Writes an appointment of an hour's beginning and end, such as "20270315T140000Z". */
  async add(name: string, start: string, end: string, ...lines: string[]): Promise<void> {
    const ics = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//o//EN', 'BEGIN:VEVENT']
      .concat(`UID:${name}`, 'DTSTAMP:20261101T000000Z', 'SUMMARY:Own')
      .concat(`DTSTART:${start}`, `DTEND:${end}`, lines, 'END:VEVENT', 'END:VCALENDAR', '')
      .join('\r\n');
    await this.put(name, ics);
  }

  async put(name: string, ics: string): Promise<void> {
    await this.#send('PUT', `${name}.ics`, ics);
  }

  async read(name: string): Promise<string> {
    return this.#send('GET', `${name}.ics`);
  }

  async remove(name: string): Promise<void> {
    await this.#send('DELETE', `${name}.ics`);
  }

  async #send(method: string, name: string, body?: string): Promise<string> {
    const response = await transport(new URL(name, this.calendar), {
      method,
      headers: { Authorization: AUTHORIZATION, 'Content-Type': 'text/calendar; charset=utf-8' },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${name}: ${response.status} ${text}`);
    return text;
  }
}

/** Makes a calendar in an account of Radicale's. */
export async function makeDavCalendar(server: string, name: string): Promise<string> {
  const url = `${server}/${DAV_USER}/${name.toLowerCase()}/`;
  const body =
    '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>' +
    `<d:displayname>${name}</d:displayname></d:prop></d:set></c:mkcalendar>`;
  const response = await transport(url, {
    method: 'MKCALENDAR',
    headers: { Authorization: AUTHORIZATION, 'Content-Type': 'application/xml' },
    body,
  });
  if (!response.ok) throw new Error(`MKCALENDAR: ${response.status}`);
  await response.text();
  return url;
}

/** "20270315T140000Z". */
export function stamp(instant: Date): string {
  return instant.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
