import type { Answer, Call } from '../call.ts';
import { eventJson, occurrencesIn } from '../event-json.ts';
import type { Occurrence } from '../event-json.ts';
import { badRequest, GraphError } from '../graph-error.ts';
import { pageOf, shapeOf, windowOf } from '../odata.ts';
import { calendarOf } from './calendars.ts';

/** What a delta link stands for. */
interface DeltaToken {
  calendarId: string;
  from: number;
  to: number;
  generation: number;
  /** Changes after this revision are told, up to {@link upTo}. */
  since: number;
  /** Null in a delta link: up to the present. */
  upTo: number | null;
  skip: number;
}

const WHOLE = { select: null, expand: [], isList: true };
const USUAL_PAGE = 10;

/** Everything that takes place in a window, each time of a series by itself. */
export function listView(call: Call): Answer {
  const { mailbox, root } = call;
  const calendar = calendarOf(call);
  const shape = shapeOf(call, { isList: true });
  const items = occurrences(call, calendar.id, windowOf(call)).map((each) =>
    eventJson(mailbox, each, shape),
  );
  return {
    status: 200,
    body: {
      '@odata.context': `${root}/$metadata#users('owner')/calendarView`,
      ...pageOf(call, { path: `/me/calendars/${calendar.id}/calendarView`, items }),
    },
  };
}

function occurrences(
  { mailbox }: Pick<Call, 'mailbox'>,
  calendarId: string,
  window: { from: number; to: number },
): Occurrence[] {
  return [...mailbox.events.values()]
    .filter((event) => event.calendarId === calendarId)
    .flatMap((event) => occurrencesIn(event, window))
    .toSorted((a, b) => a.start - b.start);
}

/** What changed in a window since a link was given; all that is in it where none is. */
export function listDelta(call: Call): Answer {
  const { mailbox, query, root } = call;
  for (const option of ['$select', '$expand', '$filter', '$orderby', '$search']) {
    if (query.has(option)) {
      throw badRequest('ErrorInvalidUrlQuery', `${option} is not supported by change tracking.`);
    }
  }
  const token = readToken(call);
  if (token.generation !== mailbox.generation) {
    throw new GraphError(410, 'SyncStateNotFound', 'The sync state generation is not found.');
  }
  const path = `/me/calendars/${token.calendarId}/calendarView/delta`;
  const upTo = token.upTo ?? mailbox.revision;
  const all = changesIn(call, { ...token, upTo });
  const size = pageSizeOf(call);
  const link = (next: Partial<DeltaToken>, name: string) =>
    `${root}${path}?${name}=${writeToken({ ...token, ...next })}`;
  const end = token.skip + size;
  return {
    status: 200,
    body: {
      '@odata.context': `${root}/$metadata#Collection(event)`,
      ...(end < all.length
        ? { '@odata.nextLink': link({ upTo, skip: end }, '$skiptoken') }
        : { '@odata.deltaLink': link({ since: upTo, upTo: null, skip: 0 }, '$deltatoken') }),
      value: all.slice(token.skip, end),
    },
  };
}

function changesIn(call: Call, token: DeltaToken & { upTo: number }): object[] {
  const { mailbox } = call;
  const { calendarId, since, upTo } = token;
  const isNew = (revision: number) => revision > since && revision <= upTo;
  const told: object[] = [];
  for (const event of mailbox.events.values()) {
    if (event.calendarId !== calendarId || !isNew(event.changedIn)) continue;
    const inWindow = occurrencesIn(event, token);
    told.push(...inWindow.map((each) => eventJson(mailbox, each, WHOLE)));
    const wasKnown = since > 0 && event.createdIn <= since;
    if (inWindow.length === 0 && wasKnown) told.push(removed(event.id, 'changed'));
  }
  // What was made and deleted in between was never there for whoever asks.
  for (const { event, deletedIn } of mailbox.deleted.values()) {
    if (event.calendarId !== calendarId || !isNew(deletedIn) || event.createdIn > since) continue;
    told.push(removed(event.id, 'deleted'));
  }
  return told;
}

function removed(id: string, reason: string): object {
  return { '@odata.type': '#microsoft.graph.event', id, '@removed': { reason } };
}

function pageSizeOf({ headers }: Pick<Call, 'headers'>): number {
  const [, size] = /odata\.maxpagesize=(\d+)/.exec(String(headers['prefer'] ?? '')) ?? [];
  return size === undefined ? USUAL_PAGE : Number(size);
}

function readToken(call: Call): DeltaToken {
  const { query, mailbox } = call;
  const given = query.get('$deltatoken') ?? query.get('$skiptoken');
  if (given === null) {
    const { from, to } = windowOf(call);
    const { generation } = mailbox;
    const calendarId = calendarOf(call).id;
    return { calendarId, from, to, generation, since: 0, upTo: null, skip: 0 };
  }
  try {
    return JSON.parse(Buffer.from(given, 'base64url').toString()) as DeltaToken;
  } catch {
    throw badRequest('ErrorInvalidSyncStateData', 'The sync state data is not valid.');
  }
}

function writeToken(token: DeltaToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}
