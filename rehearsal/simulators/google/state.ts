import { randomUUID } from 'node:crypto';
import { ApiError, notFound } from './api-error.ts';
import type { Channel, EventFields, SimulatedCalendar, StoredEvent } from './model.ts';

export interface NewCalendar {
  id: string;
  summary: string;
  timeZone: string;
  owner: string;
  freeBusyReaders?: string[];
}

/** Everything that the simulated Google knows; it refuses no overlap, as the real one. */
export class GoogleState {
  readonly calendars = new Map<string, SimulatedCalendar>();
  readonly channels = new Map<string, Channel>();
  /** Calendars that cannot be read when it is asked when they are taken. */
  readonly unreadable = new Set<string>();
  readonly now: () => Date;
  /** Called, once, between what was read and what is written: for who tries two at once. */
  #before: { insert?: () => void; patch?: () => void } = {};
  /** Reads until a room that was asked for is there. */
  pendingRoomReads = 0;
  #version = 3_591_600_000_000_000;
  /** Of sync tokens: those of an earlier one are known no more. */
  #generation = 1;
  readonly #taken = new Map<string, { minute: number; count: number }>();
  #onChange: (calendar: SimulatedCalendar) => void = () => undefined;

  constructor(now: () => Date) {
    this.now = now;
  }

  addCalendar({ freeBusyReaders = [], ...calendar }: NewCalendar): void {
    this.calendars.set(calendar.id, { ...calendar, freeBusyReaders, events: new Map() });
  }

  onChange(tell: (calendar: SimulatedCalendar) => void): void {
    this.#onChange = tell;
  }

  onceInserting(work: () => void): void {
    this.#before.insert = work;
  }

  oncePatching(work: () => void): void {
    this.#before.patch = work;
  }

  /** To be called by who is about to write. */
  aboutTo(write: 'insert' | 'patch'): void {
    const work = this.#before[write];
    delete this.#before[write];
    work?.();
  }

  /** The calendar of that id, or the main one of the account. */
  findCalendar(id: string, account: string): SimulatedCalendar | undefined {
    return this.calendars.get(id === 'primary' ? account : id);
  }

  /** @throws {ApiError} there is none of which the account sees events */
  requireCalendar(id: string, account: string): SimulatedCalendar {
    const calendar = this.findCalendar(id, account);
    if (calendar?.owner === account) return calendar;
    throw notFound();
  }

  /** @throws {ApiError} there is one of that id, though it may be deleted */
  insert(calendar: SimulatedCalendar, id: string | undefined, fields: EventFields): StoredEvent {
    if (id !== undefined && !/^[0-9a-v]{5,1024}$/.test(id)) {
      throw new ApiError(400, 'invalid', 'Invalid resource id value.');
    }
    if (id !== undefined && calendar.events.has(id)) {
      throw new ApiError(409, 'duplicate', 'The requested identifier already exists.');
    }
    const at = this.now();
    return this.#write(calendar, {
      ...fields,
      id: id ?? randomUUID().replaceAll('-', ''),
      status: fields.status ?? 'confirmed',
      sequence: 0,
      created: at,
      updated: at,
      version: 0,
      room: null,
    });
  }

  change(
    calendar: SimulatedCalendar,
    event: StoredEvent,
    fields: Partial<StoredEvent>,
  ): StoredEvent {
    const isMoved = 'start' in fields || 'end' in fields;
    const sequence = event.sequence + (isMoved ? 1 : 0);
    return this.#write(calendar, { ...event, ...fields, sequence, updated: this.now() });
  }

  /** It stays readable, with what it had. @throws {ApiError} it is deleted already */
  remove(calendar: SimulatedCalendar, event: StoredEvent): void {
    if (event.status === 'cancelled') {
      throw new ApiError(410, 'deleted', 'Resource has been deleted');
    }
    this.change(calendar, event, { status: 'cancelled' });
  }

  /** Whether an account may ask once more in this minute. */
  takeRequest(account: string, perMinute: number): boolean {
    const minute = Math.floor(this.now().getTime() / 60_000);
    const taken = this.#taken.get(account);
    const count = taken?.minute === minute ? taken.count : 0;
    this.#taken.set(account, { minute, count: count + 1 });
    return count < perMinute;
  }

  syncToken(): string {
    return Buffer.from(`${this.#generation}:${this.#version}`).toString('base64');
  }

  expireSyncTokens(): void {
    this.#generation += 1;
  }

  /** The version that a sync token stands at. @throws {ApiError} it is known no more */
  versionOf(syncToken: string): number {
    const [generation, version] = Buffer.from(syncToken, 'base64').toString().split(':');
    if (Number(generation) === this.#generation && /^\d+$/.test(version ?? ''))
      return Number(version);
    throw new ApiError(
      410,
      'fullSyncRequired',
      'Sync token is no longer valid, a full sync is required.',
      {
        domain: 'calendar',
        locationType: 'parameter',
        location: 'syncToken',
      },
    );
  }

  #write(calendar: SimulatedCalendar, event: StoredEvent): StoredEvent {
    this.#version += 2;
    const stored = { ...event, version: this.#version };
    calendar.events.set(stored.id, stored);
    this.#onChange(calendar);
    return stored;
  }
}
