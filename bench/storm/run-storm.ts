import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../db/database.ts';
import { startSlotline } from '../../start/running.ts';
import { slotlineSteps } from '../../start/steps.ts';
import { runAttempts } from './attempts.ts';
import type { AttemptsFigures } from './attempts.ts';
import type { LedgerAudit, ProviderAudit } from './audit.ts';
import { measureClaims } from './claims.ts';
import type { ClaimsFigures } from './claims.ts';
import { runCrashes } from './crashes.ts';
import type { CrashFigures } from './crashes.ts';

/**
 * Measures and proves the ledger on a PostgreSQL of its own, and prints the tables. Ends the process
 * with an error when anything was doubled, lost or invented.
 *
 * @param given `--attempts` (10,000), `--crashes` (50), `--seed` (1), `--claim-seconds` (5)
 */
export async function runStorm(given: string[]): Promise<void> {
  const { values } = parseArgs({
    args: given,
    options: {
      attempts: { type: 'string', default: '10000' },
      crashes: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      'claim-seconds': { type: 'string', default: '5' },
    },
  });
  const seed = wholeNumber(values.seed);
  const slotline = await startSlotline({
    ephemeral: true,
    rehearsal: true,
    steps: (plan) =>
      slotlineSteps(plan).filter(({ name }) => name === 'postgres' || name === 'migrations'),
  });
  const { databaseUrl } = slotline;
  const db = openDatabase({ connectionString: databaseUrl, maxConnections: 24 });
  try {
    console.log(`Seed ${seed}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`);
    const seconds = wholeNumber(values['claim-seconds']);
    if (seconds > 0) printClaims(await measureClaims(db, seconds * 1_000));
    const faults: number[] = [];
    const attempts = wholeNumber(values.attempts);
    if (attempts > 0) {
      const onProgress = everySoOften('attempts', attempts / 10);
      const figures = await runAttempts({ db, attempts, seed, onProgress });
      printAttempts(figures);
      faults.push(wrongs(figures.ours));
    }
    const crashes = wholeNumber(values.crashes);
    if (crashes > 0) {
      const onProgress = everySoOften('processes killed', crashes / 10);
      const figures = await runCrashes({ db, databaseUrl, crashes, seed, onProgress });
      printCrashes(figures);
      faults.push(wrongs(figures.audit));
    }
    if (faults.some((count) => count > 0)) process.exitCode = 1;
  } finally {
    await db.destroy();
    await slotline.stop();
  }
}

/** What must never be: the same of provider, callers and ledger. */
function wrongs(audit: ProviderAudit & LedgerAudit): number {
  const { doubled, invented, denied, twice } = audit;
  const { withoutBooking, withoutIntent, open, withoutAppointment } = audit;
  return (
    doubled + invented + denied + twice + withoutBooking + withoutIntent + open + withoutAppointment
  );
}

function printClaims({ hotSlot, oneCalendar, manyCalendars }: ClaimsFigures): void {
  table([
    ['a second, 32 callers at once', 'Slotline'],
    ['---', '---'],
    ['claims decided on one hot slot', rate(hotSlot)],
    ['bookings at times of one calendar', rate(oneCalendar)],
    ['bookings at times of 49 calendars', rate(manyCalendars)],
  ]);
}

function printAttempts({ attempts, seconds, ours, naive, failures }: AttemptsFigures): void {
  const row = (name: string, pick: (audit: ProviderAudit) => number): string[] => [
    name,
    String(pick(ours)),
    String(pick(naive)),
  ];
  const ledger = (name: string, count: number): string[] => [name, String(count), ''];
  table([
    [`${attempts} attempts of each in ${seconds.toFixed(0)} s`, 'Slotline', 'naive'],
    ['---', '---', '---'],
    row('bookings at the provider at the end', ({ live }) => live),
    row('of these, in the time of another', ({ doubled }) => doubled),
    row('heard "booked", and have none', ({ invented }) => invented),
    row('heard "not booked", and have one', ({ denied }) => denied),
    row('have more than one', ({ twice }) => twice),
    ledger('heard "not confirmed yet"', ours.unconfirmed),
    ...ledgerRows(ours).map(([name = '', count = '']) => [name, count, '']),
  ]);
  for (const [failure, count] of failures) console.log(`${count} callers: ${failure}`);
}

function printCrashes(figures: CrashFigures): void {
  const { title, killed, failed, crashes, seconds, secondsToSettle, audit } = figures;
  table([
    [`${crashes} processes killed in ${seconds.toFixed(0)} s, ${title}`, 'Slotline'],
    ['---', '---'],
    ['bookings asked for', String(audit.heard)],
    ['bookings at the provider at the end', String(audit.live)],
    ['of these, in the time of another', String(audit.doubled)],
    ['heard "booked", and have none', String(audit.invented)],
    ['heard "not booked", and have one', String(audit.denied)],
    ['have more than one', String(audit.twice)],
    ...ledgerRows(audit),
    ['processes that gave up on a busy machine', String(failed)],
    ['seconds from the recovery until all was settled', secondsToSettle.toFixed(1)],
  ]);
  const points = [...killed].sort(([a], [b]) => a.localeCompare(b));
  console.log(points.map(([point, count]) => `${point} ${count}`).join(', '));
}

function ledgerRows(audit: LedgerAudit): string[][] {
  return [
    ['confirmed intents', String(audit.confirmed)],
    ['of these, without their booking', String(audit.withoutBooking)],
    ['bookings without a confirmed intent', String(audit.withoutIntent)],
    ['bookings without their appointment', String(audit.withoutAppointment)],
    ['intents not settled', String(audit.open)],
  ];
}

function everySoOften(what: string, step: number): (done: number) => void {
  let next = step;
  return (done) => {
    if (done < next) return;
    next += step;
    console.log(`${done} ${what}`);
  };
}

function table(rows: string[][]): void {
  console.log('');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log('');
}

function rate(count: number): string {
  return count.toFixed(0);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`"${text}" is not a whole number.`);
  return Number(text);
}
