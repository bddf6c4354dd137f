import { completeFields } from './booking-fields.ts';
import type { Interval } from './interval.ts';
import type { Account, Availability, EventType, Location, Schedule } from './model.ts';
import type { CalcomState } from './state.ts';

export type EventTypeSeed = Partial<
  Omit<EventType, 'id' | 'ownerId' | 'teamId' | 'hostIds' | 'bookingFields'>
> & {
  slug: string;
  /** Minutes. */
  lengthInMinutes: number;
  bookingFields?: Record<string, unknown>[];
  /** False makes phone-only attendees possible, which no API call can. Default true. */
  emailRequired?: boolean;
  locations?: Location[];
};

export interface AccountSeed {
  username: string;
  /** Default the username. */
  name?: string | null;
  email?: string;
  timeZone?: string;
  /** `null`: nobody holds a key of this account. */
  apiKey: string | null;
  /** Default 'all'. */
  rights?: Account['rights'];
  /** Default false. */
  requiresBookerEmailVerification?: boolean;
  /** Default Monday to Friday 9:00 to 18:00 in the account's zone; `[]` for a user without availability. */
  availability?: Availability[];
  eventTypes?: EventTypeSeed[];
  /** ISO intervals that something else takes. */
  busy?: { start: string; end: string }[];
}

export interface TeamSeed {
  slug: string;
  name?: string;
  members: string[];
  eventTypes: (EventTypeSeed & {
    schedulingType: 'collective' | 'roundRobin';
    /** Usernames; default all members. */
    hosts?: string[];
  })[];
}

const OFFICE_HOURS: Availability[] = [
  {
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
    startTime: '09:00',
    endTime: '18:00',
  },
];

export function addAccount(state: CalcomState, seed: AccountSeed): Account {
  const id = state.nextId('account');
  const account: Account = {
    id,
    username: seed.username,
    name: seed.name === undefined ? seed.username : seed.name,
    email: seed.email ?? `${seed.username}@example.com`,
    timeZone: seed.timeZone ?? 'America/New_York',
    apiKey: seed.apiKey,
    rights: seed.rights ?? 'all',
    requiresBookerEmailVerification: seed.requiresBookerEmailVerification ?? false,
    defaultScheduleId: null,
    busy: (seed.busy ?? []).map(toInterval),
  };
  state.accounts.push(account);
  const availability = seed.availability ?? OFFICE_HOURS;
  if (availability.length > 0) {
    const schedule: Schedule = {
      id: state.nextId('schedule'),
      ownerId: id,
      name: 'Hours',
      timeZone: account.timeZone,
      availability,
      isDefault: true,
      overrides: [],
    };
    state.schedules.set(schedule.id, schedule);
    account.defaultScheduleId = schedule.id;
  }
  for (const eventType of seed.eventTypes ?? []) {
    addEventType(state, eventType, { ownerId: id, teamId: null, hostIds: [id] });
  }
  return account;
}

/** @throws Error when a member has no account yet */
export function addTeam(state: CalcomState, seed: TeamSeed): void {
  const idOf = (username: string): number => {
    const account = state.accountNamed(username);
    if (account === undefined) throw new Error(`Seed the account ${username} before its team`);
    return account.id;
  };
  const memberIds = seed.members.map(idOf);
  const id = state.nextId('team');
  state.teams.push({ id, slug: seed.slug, name: seed.name ?? seed.slug, memberIds });
  for (const { hosts, ...eventType } of seed.eventTypes) {
    const hostIds = hosts?.map(idOf) ?? memberIds;
    addEventType(state, eventType, { ownerId: memberIds[0] ?? 0, teamId: id, hostIds });
  }
}

export function addEventType(
  state: CalcomState,
  seed: EventTypeSeed,
  owner: Pick<EventType, 'ownerId' | 'teamId' | 'hostIds'>,
): EventType {
  const { bookingFields, emailRequired, ...settings } = seed;
  const eventType: EventType = {
    lengthInMinutesOptions: null,
    title: seed.slug,
    description: '',
    schedulingType: null,
    locations: [],
    recurrence: null,
    slotInterval: null,
    minimumBookingNotice: 120,
    beforeEventBuffer: 0,
    afterEventBuffer: 0,
    offsetStart: 0,
    scheduleId: null,
    bookingWindow: { disabled: true },
    confirmationPolicy: { disabled: true },
    requiresBookerEmailVerification: false,
    bookingLimitsCount: null,
    bookingLimitsDuration: null,
    bookerActiveBookingsLimit: null,
    disableCancelling: { disabled: false },
    disableRescheduling: { disabled: false },
    hidden: false,
    ...settings,
    ...owner,
    bookingFields: completeFields(bookingFields ?? [], { emailRequired: emailRequired ?? true }),
    id: state.nextId('eventType'),
  };
  state.eventTypes.set(eventType.id, eventType);
  return eventType;
}

export function toInterval(written: { start: string; end: string }): Interval {
  const start = Date.parse(written.start);
  const end = Date.parse(written.end);
  if (!(start < end)) throw new RangeError(`Not an interval: ${written.start}/${written.end}`);
  return { start, end };
}
