import { NO_DESK } from '../../../booking/desk/desk-facts.ts';
import type { ToldText } from '../../../booking/desk/desk-facts.ts';
import type { CallFacts } from '../../../booking/truth/facts.ts';
import { toLanguage } from '../../../calls/languages.ts';
import type { Language } from '../../../calls/languages.ts';
import type { Agent } from '../../../db/agents.ts';
import type { WholeCall } from '../../../db/calls/whole-call.ts';
import { labelInstant } from './label-instant.ts';
import { readAnswer } from './tool-answers.ts';

/** A time that the caller was offered. */
export interface KnownOffer {
  at: Date;
  label: string;
  /** Null where its label could not be read. */
  start: Date | null;
}

/** What the ledger answered: of a change, or of an appointment that was found. */
export interface KnownChange {
  at: Date;
  status: 'booked' | 'requested' | 'rescheduled' | 'cancelled' | 'unconfirmed' | 'found';
  start: Date;
  /** Null while it is not confirmed, and of one that was found. */
  appointmentId: string | null;
}

interface About {
  agent: Pick<Agent, 'instructions' | 'businessName' | 'name' | 'language'> | undefined;
  /** IANA: the caller's. */
  timeZone: string;
  /** IANA: of the calendars that the agent books. */
  calendarTimeZones: readonly string[];
  /** Who takes what the agent books. */
  hosts: readonly string[];
}

/**
 * What was true in a call, as far as it is on record, at each of its instants: what the tools had
 * answered by then, and what the ledger had written. It goes forward only.
 */
export class RecordedFacts {
  readonly #about: About;
  readonly #events: { at: Date; apply: () => void }[];
  #applied = 0;
  /** Of what is said now. */
  language: Language;
  readonly offers: KnownOffer[] = [];
  readonly changes: KnownChange[] = [];
  /** By the appointment's id, or by what stands for one that was found. */
  readonly #standing = new Map<string, { start: Date; isPending: boolean }>();
  readonly #slots = new Map<string, Date>();
  readonly #lost = new Set<number>();
  readonly #knownStarts: Date[] = [];
  #hasLooked = false;
  // What was read of a list is kept as long as the list is the same.
  readonly #told: ToldText[] = [];
  readonly #mentioned: ToldText[] = [];
  readonly #caller: string[] = [];
  readonly #informed: string[] = [];
  readonly #business: string[];

  constructor(call: Pick<WholeCall, 'turns' | 'tools' | 'marks'>, about: About) {
    this.#about = about;
    const { agent } = about;
    this.language = toLanguage(agent?.language ?? 'en');
    this.#business = agent ? [agent.instructions, agent.businessName, agent.name] : [];
    this.#events = [
      ...call.turns.flatMap(({ at, role, text }) =>
        role === 'caller' ? [{ at, apply: () => void this.#caller.push(text) }] : [],
      ),
      ...call.tools.flatMap((tool) => {
        const { endedAt } = tool;
        return endedAt === null ? [] : [{ at: endedAt, apply: () => this.#answer(tool, endedAt) }];
      }),
      ...call.marks.map((mark) => ({ at: mark.at, apply: () => this.#mark(mark) })),
    ].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  }

  /** Goes forward to an instant. */
  advanceTo(at: Date): void {
    for (;;) {
      const event = this.#events[this.#applied];
      if (!event || event.at > at) return;
      event.apply();
      this.#applied += 1;
    }
  }

  /** @param now the instant of what is said */
  at(now: Date): CallFacts {
    const { agent, timeZone, calendarTimeZones, hosts } = this.#about;
    const starts = this.offers.flatMap(({ start }) => start ?? []);
    const isLost = (start: Date): boolean => this.#lost.has(start.getTime());
    return {
      ...NO_DESK,
      now,
      timeZone,
      calendarTimeZones,
      hosts,
      business: this.#business,
      businessLanguage: toLanguage(agent?.language ?? 'en'),
      informed: this.#informed,
      caller: this.#caller,
      offered: starts.filter((start) => !isLost(start)),
      lost: starts.filter(isLost),
      told: this.#told,
      mentioned: this.#mentioned,
      hasLooked: this.#hasLooked,
      standing: [...this.#standing.values()],
      done: this.changes.flatMap(({ status, start }) =>
        status === 'unconfirmed' || status === 'found' ? [] : [{ status, start }],
      ),
      knownStarts: this.#knownStarts,
    };
  }

  /** What else was told to the caller, or by them, that a time may have been taken from. */
  get texts(): { by: 'business' | 'caller' | 'offer'; texts: readonly string[] }[] {
    return [
      { by: 'offer', texts: [...this.#told, ...this.#mentioned].map(({ text }) => text) },
      { by: 'business', texts: [...this.#informed, ...this.#business] },
      { by: 'caller', texts: this.#caller },
    ];
  }

  #answer({ arguments: args, result }: WholeCall['tools'][number], at: Date): void {
    const { language } = this;
    const answer = readAnswer(args, result);
    const { timeZone } = this.#about;
    const instantOf = (label: string): Date | null =>
      labelInstant(label, { language, now: at, timeZone });
    const told = (texts: readonly string[]): ToldText[] =>
      texts.map((text) => ({ text, language }));
    if (answer.takenSlot !== null) {
      const lost = this.#slots.get(answer.takenSlot);
      if (lost) this.#lost.add(lost.getTime());
    }
    for (const { slotId, label } of answer.slots) {
      const start = instantOf(label);
      this.offers.push({ at, label, start });
      if (!start) {
        this.#told.push(...told([label]));
        continue;
      }
      this.#slots.set(slotId, start);
      this.#lost.delete(start.getTime());
    }
    this.#hasLooked ||= answer.hasLooked;
    this.#told.push(...told(answer.told));
    this.#mentioned.push(...told(answer.mentioned));
    this.#informed.push(...answer.informed);
    for (const { label } of answer.found) {
      const start = instantOf(label);
      if (!start) continue;
      this.#stand(`found ${start.getTime()}`, { start, isPending: false });
      this.changes.push({ at, status: 'found', start, appointmentId: null });
    }
  }

  #mark({ at, kind, details }: WholeCall['marks'][number]): void {
    if (kind === 'language' && typeof details['language'] === 'string') {
      this.language = toLanguage(details['language']);
    }
    if (kind !== 'outcome') return;
    const { status, start: begins, before, appointmentId: id } = details;
    if (!isStatus(status) || typeof begins !== 'string') return;
    const start = new Date(begins);
    const appointmentId = typeof id === 'string' && id !== '' ? id : null;
    this.changes.push({ at, status, start, appointmentId });
    if (typeof before === 'string') this.#standing.delete(`found ${Date.parse(before)}`);
    if (appointmentId === null) return;
    if (status === 'cancelled') {
      this.#standing.delete(appointmentId);
      this.#standing.delete(`found ${start.getTime()}`);
      this.#knownStarts.push(start);
    } else if (status !== 'unconfirmed') {
      this.#stand(appointmentId, { start, isPending: status === 'requested' });
    }
  }

  #stand(id: string, appointment: { start: Date; isPending: boolean }): void {
    this.#standing.set(id, appointment);
    this.#knownStarts.push(appointment.start);
  }
}

const STATUSES = ['booked', 'requested', 'rescheduled', 'cancelled', 'unconfirmed'] as const;

function isStatus(value: unknown): value is (typeof STATUSES)[number] {
  return (STATUSES as readonly unknown[]).includes(value);
}
