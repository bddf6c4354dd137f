/** What is asked of the server, as XML (RFC 4791, RFC 6578, RFC 6638). */

const SPACES =
  'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"';

const propfind = (properties: string): string =>
  `<d:propfind ${SPACES}><d:prop>${properties}</d:prop></d:propfind>`;

export const ASK_PRINCIPAL = propfind(
  '<d:current-user-principal/><d:resourcetype/><c:calendar-home-set/>',
);

export const ASK_HOME = propfind('<c:calendar-home-set/><c:calendar-user-address-set/>');

export const ASK_CALENDARS = propfind(
  '<d:resourcetype/><d:displayname/><d:current-user-privilege-set/><c:supported-calendar-component-set/>',
);

export const ASK_STATE = propfind('<cs:getctag/>');

/** Objects with an appointment in a range of instants; all of them where none is given. */
export function askEvents(range: { from: Date; to: Date } | null): string {
  const inRange = range
    ? `<c:time-range start="${stamp(range.from)}" end="${stamp(range.to)}"/>`
    : '';
  return (
    `<c:calendar-query ${SPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter>` +
    `<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">${inRange}</c:comp-filter></c:comp-filter>` +
    '</c:filter></c:calendar-query>'
  );
}

export function askObjects(paths: readonly string[]): string {
  const hrefs = paths.map((path) => `<d:href>${escapeXml(path)}</d:href>`).join('');
  return `<c:calendar-multiget ${SPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>${hrefs}</c:calendar-multiget>`;
}

/** What changed since a token; everything there is where it is empty. */
export function askChanges(token: string): string {
  return (
    `<d:sync-collection ${SPACES}><d:sync-token>${escapeXml(token)}</d:sync-token>` +
    '<d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>'
  );
}

export function makeCalendar(name: string): string {
  return (
    `<c:mkcalendar ${SPACES}><d:set><d:prop><d:displayname>${escapeXml(name)}</d:displayname>` +
    '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>' +
    '</d:prop></d:set></c:mkcalendar>'
  );
}

/** "20270301T000000Z", to the second. */
function stamp(instant: Date): string {
  return instant.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
