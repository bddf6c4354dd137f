import { describe, expect, it } from 'vitest';
import { runAttempts } from '../../bench/storm/attempts.ts';
import { runCrashes } from '../../bench/storm/crashes.ts';
import { useTestDatabase } from '../support/test-database.ts';

describe('the storm', () => {
  const database = useTestDatabase({ maxConnections: 24 });

  it('doubles, loses and invents nothing in 10,000 attempts, where a naive program does', async () => {
    const { ours, naive, attempts } = await runAttempts({
      db: database.db,
      attempts: 10_000,
      seed: 1,
    });
    expect(attempts).toBe(10_000);
    expect(ours).toMatchObject(NOTHING_WRONG);
    expect(ours.live).toBe(ours.confirmed);
    expect(ours.live).toBeGreaterThan(500);
    expect(naive.doubled).toBeGreaterThan(10);
  }, 600_000);

  it('keeps ledger and provider the same when 50 processes are killed between two steps', async () => {
    const { audit, crashes, killed } = await runCrashes({
      db: database.db,
      databaseUrl: database.url,
      crashes: 50,
      seed: 1,
    });
    expect(crashes).toBeGreaterThanOrEqual(50);
    expect(killed.size).toBeGreaterThan(8);
    expect(audit).toMatchObject(NOTHING_WRONG);
    expect(audit.live).toBe(audit.confirmed);
    // How many stand in the end is up to the storm; that some do shows that it was one.
    expect(audit.live).toBeGreaterThan(5);
  }, 600_000);
});

const NOTHING_WRONG = {
  doubled: 0,
  invented: 0,
  denied: 0,
  twice: 0,
  withoutBooking: 0,
  withoutIntent: 0,
  open: 0,
  withoutAppointment: 0,
};
