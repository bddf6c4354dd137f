import { z } from 'zod';
import { chooseBlocking } from '../own-events/choose-blocking.ts';
import type { GraphClient } from './client.ts';
import { readPages } from './read-events.ts';
import type { MicrosoftPlaces, MicrosoftSettings } from './settings.ts';
import { setupError } from './setup-error.ts';

const CalendarSchema = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  canEdit: z.boolean().nullish(),
  isDefaultCalendar: z.boolean().nullish(),
  owner: z.object({ address: z.string().nullish() }).nullish(),
  allowedOnlineMeetingProviders: z.array(z.string()).nullish(),
});

type FoundCalendar = z.infer<typeof CalendarSchema>;

/**
 * Finds the calendars that a connection's settings mean, and whose mailbox it is.
 * @throws {CalendarSetupError} naming those there are, where the settings do not fit them
 * @throws {CalendarError}
 */
export async function findPlaces(
  client: GraphClient,
  settings: Pick<MicrosoftSettings, 'calendar' | 'busyCalendars' | 'teams'>,
): Promise<MicrosoftPlaces> {
  const calendars = await readPages(client, CalendarSchema, {
    path: ['me', 'calendars'],
    query: { $top: 100 },
  });
  const own = calendars.find(({ isDefaultCalendar }) => isDefaultCalendar === true);
  const target = chooseTarget(calendars, own, settings);
  refuseWithoutTeams(target, settings);
  const named = (name: string) => findNamed(calendars, name);
  const blocking = [target, ...chooseBlocking(calendars, settings.busyCalendars, named)];
  return {
    mailbox: (own ?? target).owner?.address ?? target.id,
    calendar: target.id,
    name: nameOf(target),
    isOwn: target === own,
    blocking: [...new Set(blocking.map(({ id }) => id))],
  };
}

function chooseTarget(
  calendars: readonly FoundCalendar[],
  own: FoundCalendar | undefined,
  { calendar: wanted }: Pick<MicrosoftSettings, 'calendar'>,
): FoundCalendar {
  const target = wanted === undefined ? own : findNamed(calendars, wanted);
  if (!target) {
    throw setupError(
      'event-type-missing',
      `The account has no calendar of its own, only ${namesOf(calendars) || 'none'}: say with --calendar which is booked into.`,
    );
  }
  if (target.canEdit !== false) return target;
  throw setupError(
    'key-without-rights',
    `The account may not write into the calendar "${nameOf(target)}": choose another one.`,
  );
}

function findNamed(calendars: readonly FoundCalendar[], wanted: string): FoundCalendar {
  const found = calendars.filter((each) => nameOf(each) === wanted || each.id === wanted);
  const [only] = found;
  if (only && found.length === 1) return only;
  throw setupError(
    'event-type-missing',
    only
      ? `The account has several calendars called "${wanted}": rename one of them.`
      : `The account has no calendar "${wanted}"; it has ${namesOf(calendars) || 'none'}.`,
  );
}

/** @throws {CalendarSetupError} the calendar makes no Teams meetings */
function refuseWithoutTeams(
  { allowedOnlineMeetingProviders: allowed }: FoundCalendar,
  { teams }: Pick<MicrosoftSettings, 'teams'>,
): void {
  if (teams !== 'yes' || !allowed || allowed.includes('teamsForBusiness')) return;
  throw setupError(
    'not-supported',
    'The account makes no Teams meetings: give it a licence for Teams, or connect it with --teams no.',
  );
}

function nameOf({ name, id }: FoundCalendar): string {
  return name || id;
}

function namesOf(calendars: readonly FoundCalendar[]): string {
  return calendars.map((each) => `"${nameOf(each)}"`).join(', ');
}
