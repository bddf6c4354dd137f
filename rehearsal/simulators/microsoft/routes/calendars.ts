import type { Answer, Call } from '../call.ts';
import { notFound } from '../graph-error.ts';
import type { Mailbox, SimulatedCalendar } from '../mailbox.ts';
import { pageOf } from '../odata.ts';

export function listCalendars(call: Call): Answer {
  const { mailbox, root } = call;
  const items = mailbox.calendars.map((each) => calendarJson(mailbox, each));
  return {
    status: 200,
    body: {
      '@odata.context': `${root}/$metadata#users('owner')/calendars`,
      ...pageOf(call, { path: '/me/calendars', items }),
    },
  };
}

/** The calendar that the path names; the mailbox's own where it names none. */
export function calendarOf({
  mailbox,
  parameters: { calendarId },
}: Pick<Call, 'mailbox' | 'parameters'>): SimulatedCalendar {
  const found = mailbox.calendars.find(({ id, isDefault }) =>
    calendarId === undefined ? isDefault : id === calendarId,
  );
  if (!found) throw notFound();
  return found;
}

function calendarJson(mailbox: Mailbox, { id, name, isDefault, canEdit }: SimulatedCalendar) {
  const providers = mailbox.hasTeams ? ['teamsForBusiness'] : [];
  return {
    id,
    name,
    color: 'auto',
    hexColor: '',
    isDefaultCalendar: isDefault,
    changeKey: 'example==',
    canShare: true,
    canViewPrivateItems: true,
    canEdit,
    allowedOnlineMeetingProviders: providers,
    defaultOnlineMeetingProvider: providers[0] ?? 'unknown',
    isTallyingResponses: true,
    isRemovable: !isDefault,
    owner: { name: mailbox.name, address: mailbox.address },
  };
}
