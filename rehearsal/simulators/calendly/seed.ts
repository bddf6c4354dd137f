import type { Account, EventType, Question, Rights } from './model.ts';
import { newId } from './state.ts';
import type { CalendlyState } from './state.ts';

export interface EventTypeSeed extends Partial<
  Omit<EventType, 'id' | 'ownerId' | 'questions' | 'deletedAt' | 'slug'>
> {
  slug: string;
  questions?: (Partial<Question> & { name: string })[];
}

export interface AccountSeed {
  slug: string;
  name?: string;
  email?: string;
  /** Default America/New_York. */
  timeZone?: string;
  token: string | null;
  /** Default 'all'. */
  rights?: Rights;
  /** Local hours, Monday to Friday; 9 to 18 by default. */
  hours?: { from: number; to: number };
  eventTypes?: EventTypeSeed[];
}

/** @param now milliseconds since 1970 */
export function addAccount(state: CalendlyState, seed: AccountSeed, now: number): Account {
  const account: Account = {
    id: newId(),
    name: seed.name ?? seed.slug,
    email: seed.email ?? `${seed.slug}@example.com`,
    slug: seed.slug,
    timeZone: seed.timeZone ?? 'America/New_York',
    token: seed.token,
    rights: seed.rights ?? 'all',
    hours: seed.hours ?? { from: 9, to: 18 },
    busy: [],
  };
  state.accounts.push(account);
  for (const eventType of seed.eventTypes ?? []) addEventType(state, account, eventType, now);
  return account;
}

export function addEventType(
  state: CalendlyState,
  { id: ownerId }: Account,
  { questions, ...seed }: EventTypeSeed,
  now: number,
): EventType {
  const eventType: EventType = {
    id: newId(),
    ownerId,
    name: seed.slug,
    active: true,
    duration: 30,
    durationOptions: null,
    kind: 'solo',
    poolingType: null,
    bookingMethod: 'instant',
    locations: null,
    minimumNotice: 120,
    daysAhead: 60,
    createdAt: now,
    deletedAt: null,
    ...seed,
    questions: (questions ?? []).map((question, position) => ({
      type: 'string',
      position,
      enabled: true,
      required: true,
      answer_choices: [],
      include_other: false,
      ...question,
    })),
  };
  state.eventTypes.set(eventType.id, eventType);
  return eventType;
}
