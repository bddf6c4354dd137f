import { CalendarError, CalendarSetupError, CalendarUnreachableError } from '../calendar-error.ts';
import type { DavClient } from './dav-client.ts';
import { CALDAV, childrenOf, hrefsOf, propertyOf, readMultistatus } from './multistatus.ts';
import type { DavResponse, Multistatus } from './multistatus.ts';
import { ASK_CALENDARS, ASK_HOME, ASK_PRINCIPAL } from './requests.ts';
import { secureUrl } from './server-address.ts';
import { domainRecords, findService } from './service-records.ts';
import type { ServiceRecords } from './service-records.ts';
import { setupError } from './setup-error.ts';

/** A collection of appointments. */
export interface FoundCalendar {
  url: URL;
  /** What its owner calls it; the last part of its address where they say nothing. */
  name: string;
  writable: boolean;
}

export interface FoundAccount {
  calendars: FoundCalendar[];
  /** By which an invitation names the account. */
  addresses: string[];
  /** Where a new calendar can be made. */
  home: URL;
  /** The calendar whose own address was given; null where it is another one's. */
  given: URL | null;
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** Sendings on that are followed. */
const MOST_REDIRECTS = 5;

/**
 * Finds the calendars of an account: from the server that the DNS of a domain names, the address that
 * was given, the server's well-known one (RFC 6764) and its root to the principal, its homes, and what
 * lies in them.
 * @throws {CalendarSetupError} there is no CalDAV server, or it does not know the account
 * @throws {CalendarError}
 */
export async function discover(
  client: DavClient,
  records: ServiceRecords = domainRecords(),
): Promise<FoundAccount> {
  const start = await findPrincipal(client, records);
  const { homes, addresses } = await readPrincipal(client, start);
  const listed = await Promise.all(homes.map((home) => listCalendars(client, home)));
  const calendars = new Map(listed.flat().map((each) => [each.url.href, each]));
  const given = start.isCalendar ? await listCalendars(client, start.url, '0') : [];
  for (const each of given) calendars.set(each.url.href, each);
  const [home] = homes;
  if (!home) throw noServer(client);
  const inOrder = [...calendars.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { calendars: inOrder, addresses, home, given: given[0]?.url ?? null };
}

interface Start {
  url: URL;
  principal: URL | null;
  homes: URL[];
  isCalendar: boolean;
}

async function findPrincipal(client: DavClient, records: ServiceRecords): Promise<Start> {
  const { server } = client;
  const named = (await findService(server, records)).map(({ href }) => href);
  const given = [server, new URL('/.well-known/caldav', server), new URL('/', server)];
  const found: Start[] = [];
  let failure: CalendarError | null = null;
  for (const candidate of new Set([...named, ...given.map(({ href }) => href)])) {
    try {
      const start = await askPrincipal(client, new URL(candidate));
      if (!start) continue;
      found.push(start);
      if (start.principal || start.homes.length > 0) return withGiven(start, found);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      // A wrong password is wrong everywhere; what is broken at one address may be whole at the next,
      // and a server that a domain names elsewhere is not asked.
      const isElsewhere = error instanceof CalendarSetupError && error.problem === 'not-supported';
      if (error instanceof CalendarSetupError && !(isElsewhere && named.includes(candidate))) {
        throw error;
      }
      failure ??= error;
    }
  }
  const [first] = found;
  if (first) return first;
  throw failure ?? noServer(client);
}

/** Who asks may be known at another address alone than the calendar's that was given. */
function withGiven(start: Start, found: readonly Start[]): Start {
  const given = found.find(({ isCalendar }) => isCalendar);
  return given ? { ...start, url: given.url, isCalendar: true } : start;
}

/** What the resource at an address says of whoever asks; null where it is none of WebDAV. */
async function askPrincipal(client: DavClient, url: URL): Promise<Start | null> {
  const asked = await askOn(client, url, { depth: '0', xml: ASK_PRINCIPAL });
  const [response] = asked?.answer.responses ?? [];
  if (!asked || !response) return null;
  const [principal] = hrefsOf(propertyOf(response, 'current-user-principal'));
  const homes = hrefsOf(propertyOf(response, 'calendar-home-set', CALDAV));
  return {
    url: asked.url,
    principal: principal === undefined ? null : secureUrl(principal, asked.url),
    homes: urlsOf(homes, asked.url),
    isCalendar: isCalendar(response),
  };
}

async function readPrincipal(
  client: DavClient,
  start: Start,
): Promise<{ homes: URL[]; addresses: string[] }> {
  const { principal } = start;
  if (!principal)
    return { homes: start.homes.length > 0 ? start.homes : [start.url], addresses: [] };
  const asked = await askOn(client, principal, { depth: '0', xml: ASK_HOME });
  const [response] = asked?.answer.responses ?? [];
  if (!asked || !response) throw noServer(client);
  const homes = urlsOf(hrefsOf(propertyOf(response, 'calendar-home-set', CALDAV)), asked.url);
  const known = homes.length > 0 ? homes : start.homes;
  return {
    homes: known.length > 0 ? known : [principal],
    addresses: hrefsOf(propertyOf(response, 'calendar-user-address-set', CALDAV)),
  };
}

/**
 * The calendars in a home.
 * @throws {CalendarError}
 */
async function listCalendars(
  client: DavClient,
  home: URL,
  depth: '0' | '1' = '1',
): Promise<FoundCalendar[]> {
  const asked = await askOn(client, home, { depth, xml: ASK_CALENDARS });
  if (!asked) throw noServer(client);
  return asked.answer.responses.filter(isCalendar).flatMap((response) => {
    const url = secureUrl(response.href, asked.url);
    return url && takesAppointments(response) ? [{ url, ...describe(response, url) }] : [];
  });
}

function describe(response: DavResponse, url: URL): Pick<FoundCalendar, 'name' | 'writable'> {
  const said = propertyOf(response, 'displayname')?.text.trim() ?? '';
  const privileges = propertyOf(response, 'current-user-privilege-set');
  const granted = privileges
    ? childrenOf(privileges, 'privilege').flatMap(({ children }) =>
        children.map(({ name }) => name),
      )
    : null;
  const mayWrite = ['all', 'write', 'write-content', 'bind'];
  return {
    name: said === '' ? lastPart(url) : said,
    // Where a server does not say, the first booking tells.
    writable: granted === null || granted.some((privilege) => mayWrite.includes(privilege)),
  };
}

function lastPart({ pathname }: URL): string {
  const part = pathname.split('/').findLast((each) => each !== '') ?? pathname;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function isCalendar(response: DavResponse): boolean {
  const type = propertyOf(response, 'resourcetype');
  return type !== undefined && childrenOf(type, 'calendar', CALDAV).length > 0;
}

/** A list of tasks is a calendar too. */
function takesAppointments(response: DavResponse): boolean {
  const components = propertyOf(response, 'supported-calendar-component-set', CALDAV);
  if (!components) return true;
  return childrenOf(components, 'comp', CALDAV).some(
    ({ attributes }) => attributes['name']?.toUpperCase() === 'VEVENT',
  );
}

/** Asks, and follows where the server sends on to; null where nothing of WebDAV answers. */
async function askOn(
  client: DavClient,
  first: URL,
  { depth, xml }: { depth: '0' | '1'; xml: string },
): Promise<{ url: URL; answer: Multistatus } | null> {
  let url = first;
  for (let sent = 0; sent <= MOST_REDIRECTS; sent += 1) {
    const answer = await client.send({
      method: 'PROPFIND',
      url,
      depth,
      xml,
      handsBack: REDIRECTS,
    });
    if (answer.status === 207) return { url, answer: readMultistatus(answer.text) };
    if (!REDIRECTS.includes(answer.status)) return null;
    const next = secureUrl(answer.headers.get('location') ?? '', url);
    if (!next || next.href === url.href) return null;
    url = next;
  }
  throw new CalendarUnreachableError('The calendar server sends on in a circle.');
}

function urlsOf(hrefs: readonly string[], base: URL): URL[] {
  return hrefs.flatMap((href) => secureUrl(href, base) ?? []);
}

function noServer({ server }: DavClient): CalendarSetupError {
  return setupError(
    'not-supported',
    `There is no CalDAV server at ${server.href}: give the address that your provider names for calendar programs.`,
  );
}
