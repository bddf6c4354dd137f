import type { Database } from '../../db/database.ts';

/** A booking as the provider has it at the end. */
export interface ProviderBooking {
  reference: string;
  start: Date;
  end: Date;
  isLive: boolean;
  email: string;
}

/** What an attempt's caller heard last of a booking; `nothing` where the call died first. */
export type Heard = 'booked' | 'not booked' | 'unconfirmed' | 'nothing';

export interface ProviderAudit {
  /** Live bookings at the provider. */
  live: number;
  /** Of these, those that begin before another of the same calendar ends. */
  doubled: number;
  /** Callers who heard "booked" last, and have no booking. */
  invented: number;
  /** Callers who heard last that nothing is booked, and have a booking. */
  denied: number;
  /** Callers with more than one booking. */
  twice: number;
}

export interface LedgerAudit {
  /** Intents that say that their time is booked. */
  confirmed: number;
  /** Of these, those whose booking the provider does not have, or has at another time. */
  withoutBooking: number;
  /** Live bookings that no confirmed intent knows. */
  withoutIntent: number;
  /** Intents that are not settled. */
  open: number;
  /** Live bookings whose appointment is missing or says something else. */
  withoutAppointment: number;
}

/** What became of one calendar's bookings, from the provider's list and what its callers heard. */
export function auditProvider(
  bookings: readonly ProviderBooking[],
  heard: Iterable<readonly [email: string, heard: Heard]>,
): ProviderAudit {
  const audit = { live: 0, doubled: 0, invented: 0, denied: 0, twice: 0 };
  const live = bookings.filter(({ isLive }) => isLive).sort(byStart);
  const counts = new Map<string, number>();
  let lastEnd = -Infinity;
  for (const { start, end, email } of live) {
    if (start.getTime() < lastEnd) audit.doubled += 1;
    lastEnd = Math.max(lastEnd, end.getTime());
    counts.set(email, (counts.get(email) ?? 0) + 1);
  }
  audit.live = live.length;
  audit.twice = [...counts.values()].filter((count) => count > 1).length;
  for (const [email, said] of heard) {
    if (said === 'booked' && !counts.has(email)) audit.invented += 1;
    if (said === 'not booked' && counts.has(email)) audit.denied += 1;
  }
  return audit;
}

/** Whether the ledger, the mirror and the provider say the same of one organization's bookings. */
export async function auditLedger(
  db: Database,
  organizationId: string,
  bookings: readonly ProviderBooking[],
): Promise<LedgerAudit> {
  const [intents, appointments] = await Promise.all([
    db
      .selectFrom('bookingIntents')
      .select(['reference', 'startAt', 'state', 'kind'])
      .where('organizationId', '=', organizationId)
      .where('state', 'not in', ['refused', 'released'])
      .execute(),
    db
      .selectFrom('appointments')
      .select(['reference', 'startAt'])
      .where('organizationId', '=', organizationId)
      .where('status', '=', 'confirmed')
      .execute(),
  ]);
  const live = new Set(bookings.filter(({ isLive }) => isLive).map(nameOf));
  const claims = intents.filter(({ kind, state }) => kind !== 'cancel' && state === 'confirmed');
  const known = new Set(claims.map(nameOf));
  const mirrored = new Set(appointments.map(nameOf));
  return {
    confirmed: claims.length,
    withoutBooking: claims.filter((claim) => !live.has(nameOf(claim))).length,
    withoutIntent: [...live].filter((name) => !known.has(name)).length,
    open: intents.filter(({ state }) => state !== 'confirmed').length,
    withoutAppointment:
      [...live].filter((name) => !mirrored.has(name)).length +
      [...mirrored].filter((name) => !live.has(name)).length,
  };
}

/** The sums of several audits. */
export function sumOf<T extends Record<keyof T, number>>(audits: readonly T[]): T {
  const [first, ...others] = audits;
  if (!first) throw new Error('There is nothing to add.');
  const sum = { ...first };
  for (const audit of others) {
    for (const key of Object.keys(sum) as (keyof T)[]) {
      sum[key] = (sum[key] + audit[key]) as T[keyof T];
    }
  }
  return sum;
}

function byStart(a: ProviderBooking, b: ProviderBooking): number {
  return a.start.getTime() - b.start.getTime();
}

function nameOf(row: { reference: string | null } & ({ start: Date } | { startAt: Date })): string {
  const start = 'start' in row ? row.start : row.startAt;
  return `${row.reference ?? ''} at ${start.toISOString()}`;
}
