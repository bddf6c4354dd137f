import { DateTime } from 'luxon';
import { findAgentById } from '../../db/agents.ts';
import { listAgentEvents } from '../../db/booking-events.ts';
import { findCalendarThen } from '../../db/calls/calendar-then.ts';
import type { StandingThen } from '../../db/calls/calendar-then.ts';
import type { WholeCall } from '../../db/calls/whole-call.ts';
import type { Database } from '../../db/database.ts';
import { minutesOf } from '../../calendar/calendar.ts';
import type { CalendarProvider } from '../../calendar/provider.ts';
import { RecordingStoreError } from '../../calls/recordings/recording-store.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import { cutCallerSounds, writeMono } from './caller-sounds.ts';
import { findPersonal } from './known-personal.ts';
import type { KnownPersonal } from './known-personal.ts';
import { scenarioExpectations, writePerson } from './scenario-expectations.ts';
import { scenarioTurns } from './scenario-turns.ts';
import { findManagedCall } from './show-call.ts';
import { StandIns } from './stand-ins.ts';

/** The clock of a caller of whom no zone is known. */
const NO_ZONE = 'UTC';
/** Rings nowhere. */
const SOMEBODY = '+12025550199';

const OWN_VOICE =
  'What it plays is the caller’s own voice: play it where that may be, and share it with nobody.';

/** A scenario as `rehearsal/scenarios/README.md` describes it, and what its reader must know. */
export interface MadeScenario {
  remarks: string[];
  scenario: Record<string, unknown>;
  /** What its turns play, by the paths that they name. */
  sounds: { file: string; wave: Buffer }[];
}

interface Parts {
  db: Database;
  providers: readonly CalendarProvider[];
  /** Where recordings lie; undefined where no place is named. */
  store?: RecordingStore | undefined;
}

/**
 * Makes of a call a scenario that plays it again: the same words, tools, faults and clock. Names,
 * addresses and numbers are made up, each always the same; nobody else's appointment is in it but as
 * a time that is taken.
 *
 * @param options.soundFolder where its turns look for the caller's own voice; null: only words are asked
 *   for
 * @throws {ManageError} there is no such call
 */
export async function toScenario(
  { db, providers, store }: Parts,
  organizationId: string,
  input: { id?: unknown },
  { soundFolder }: { soundFolder: string | null } = { soundFolder: null },
): Promise<MadeScenario> {
  const call = await findManagedCall(db, organizationId, input);
  const agent = await findAgentById(db, call.agentId);
  const events = await listAgentEvents(db, call);
  const [event] = events;
  const timeZone = event?.timeZone ?? NO_ZONE;
  const clock = call.rehearsal?.clock ?? writeInstant(call.startedAt, call.timeZone ?? timeZone);
  const then = event
    ? await findCalendarThen(
        db,
        { organizationId: call.organizationId, calendarConnectionId: event.calendarConnectionId },
        { calledAt: call.startedAt, now: new Date(clock) },
      )
    : { settings: null, standing: [] };
  const provider = providers.find(({ id }) => id === event?.provider);
  const free = then.settings === null ? undefined : provider?.asScenario?.(then.settings);
  const known = findPersonal(call);
  const own = then.standing.filter((one) => isOfCaller(one, call, known));
  const standIns = new StandIns(addPersons(known, own));
  const recorded = await readSounds(call, soundFolder === null ? undefined : store);
  const sounds: MadeScenario['sounds'] = [];
  const turns = scenarioTurns(call, standIns, (turn) => {
    const sound = recorded.sounds.get(turn);
    if (!sound) return null;
    const file = `${soundFolder}/${String(sounds.length + 1).padStart(2, '0')}.wav`;
    sounds.push({ file, wave: writeMono(sound) });
    return file;
  });
  return {
    sounds,
    remarks: [
      ...remarksOn(call, free !== undefined),
      ...recorded.remarks,
      ...(sounds.length === 0 ? [] : [OWN_VOICE]),
    ],
    scenario: {
      name: `call of ${clock.slice(0, 16).replace('T', ' ')}, ${call.outcome ?? 'no outcome'}`,
      line: call.line === 'phone' ? 'phone' : 'web',
      agent: {
        name: agent?.name,
        business: agent?.businessName,
        ...(agent?.instructions ? { instructions: agent.instructions } : {}),
        language: agent?.language,
        ...(agent?.transferTo ? { transferTo: SOMEBODY } : {}),
        ...(agent?.recording ? { recording: true } : {}),
        ...(events.length === 0
          ? {}
          : {
              events: events.map(({ name, durationMinutes }) => ({
                name,
                minutes: durationMinutes,
              })),
            }),
      },
      clock,
      calendar: writeCalendar(then.standing, { free, own, standIns, timeZone }),
      caller: {
        voice: 'rms',
        ...(call.timeZone === null ? {} : { timeZone: call.timeZone }),
        ...(call.line === 'phone'
          ? { number: call.callerNumber === null ? 'withheld' : standIns.phone(call.callerNumber) }
          : {}),
      },
      ...writeFaults(call),
      turns,
      expect: scenarioExpectations(call, { standing: own, standIns, timeZone }),
    },
  };
}

/** What callers said as it was recorded; nothing where it cannot be read, with a remark. */
async function readSounds(
  call: WholeCall,
  store: RecordingStore | undefined,
): Promise<{ sounds: Awaited<ReturnType<typeof cutCallerSounds>>; remarks: string[] }> {
  if (call.recordings.length === 0 || !store) return { sounds: new Map(), remarks: [] };
  try {
    return { sounds: await cutCallerSounds(call, store), remarks: [] };
  } catch (error) {
    if (!(error instanceof RecordingStoreError)) throw error;
    return { sounds: new Map(), remarks: [`Its recording could not be read: ${error.message}`] };
  }
}

/** One that the call was about, or of the person who called. */
function isOfCaller(
  { appointmentId, email, phone }: StandingThen,
  call: WholeCall,
  { emails, phones }: KnownPersonal,
): boolean {
  return (
    call.intents.some((intent) => intent.appointmentId === appointmentId) ||
    (email !== null && emails.includes(email.toLowerCase())) ||
    (phone !== null && phones.includes(phone))
  );
}

function addPersons(known: KnownPersonal, standing: readonly StandingThen[]): KnownPersonal {
  const texts = (values: (string | null)[]) => values.filter((value) => value !== null);
  return {
    names: [...known.names, ...standing.map(({ name }) => name)],
    emails: [...known.emails, ...texts(standing.map(({ email }) => email))],
    phones: [...known.phones, ...texts(standing.map(({ phone }) => phone))],
  };
}

interface CalendarParts {
  /** What fixes its free times; undefined where nothing is known of them. */
  free: { seed: number; busy: string[] } | undefined;
  own: readonly StandingThen[];
  standIns: StandIns;
  /** IANA. */
  timeZone: string;
}

function writeCalendar(
  standing: readonly StandingThen[],
  { free, own, standIns, timeZone }: CalendarParts,
) {
  const local = (instant: Date): string =>
    DateTime.fromJSDate(instant, { zone: timeZone }).toFormat("yyyy-LL-dd'T'HH:mm");
  const taken = standing
    .filter((one) => !own.includes(one))
    .map(({ startAt, endAt }) => `${local(startAt)}/${local(endAt)}`);
  const bookings = own.flatMap((one) =>
    // A scenario books nobody without an address.
    one.email === null
      ? []
      : [
          {
            start: writeInstant(one.startAt, timeZone),
            minutes: minutesOf({ start: one.startAt, end: one.endAt }),
            ...writePerson(one, standIns),
          },
        ],
  );
  const all = [...(free?.busy ?? []), ...taken];
  return {
    ...(free ? { seed: free.seed } : {}),
    timeZone,
    ...(all.length === 0 ? {} : { busy: all }),
    ...(bookings.length === 0 ? {} : { bookings }),
  };
}

/** Of a rehearsal the ones that it asked for; of a real call those that its ledger shows. */
function writeFaults(call: WholeCall): { faults?: object[] } {
  const at = {
    book: 'calendar.book',
    reschedule: 'calendar.reschedule',
    cancel: 'calendar.cancel',
  };
  const asked = call.rehearsal?.faults;
  const faults: object[] = asked ? [...asked] : [];
  if (!call.rehearsal) {
    for (const { kind, state } of call.intents) {
      const isOpen = state === 'unknown' || state === 'attention';
      if (isOpen) faults.push({ at: at[kind], kind: 'delay', times: 1, milliseconds: 40_000 });
    }
    for (const { name, result } of call.tools) {
      const status = (result as { status?: unknown } | null)?.status;
      const kind = name === 'reschedule_appointment' ? 'reschedule' : 'book';
      if (status === 'taken') faults.push({ at: at[kind], kind: 'taken', times: 1 });
    }
  }
  return faults.length === 0 ? {} : { faults };
}

function remarksOn(call: WholeCall, isCalendarKnown: boolean): string[] {
  const wentWrong =
    call.outcome === 'failed' || call.outcome === 'unknown' || Object.keys(call.truth).length > 0;
  return [
    `Made of the call ${call.id}. Names, addresses and numbers are made up; read it before you share it.`,
    ...(call.endReason === null ? [] : [`It ended so: ${call.endReason}`]),
    ...(wentWrong ? ['What is expected is what happened: write what should have happened.'] : []),
    ...(!isCalendarKnown
      ? ['The free times of its calendar are not known: others will be offered.']
      : []),
  ];
}

function writeInstant(instant: Date, zone: string): string {
  const written = DateTime.fromJSDate(instant, { zone }).toISO({ suppressMilliseconds: true });
  return written ?? instant.toISOString();
}
