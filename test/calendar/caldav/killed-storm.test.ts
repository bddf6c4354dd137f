import { describe, expect, it } from 'vitest';
import { runCrashes } from '../../../bench/storm/crashes.ts';
import { CALL_POINTS } from '../../../bench/storm/storm-points.ts';
import { canServeDav } from '../../support/dav-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { stormyRadicale } from './stormy-radicale.ts';

describe.skipIf(!canServeDav('radicale'))('a storm on Radicale whose processes are killed', () => {
  const database = useTestDatabase({ maxConnections: 24 });

  it('doubles, loses and invents nothing, wherever they die', async () => {
    const { audit, crashes, killed } = await runCrashes({
      db: database.db,
      databaseUrl: database.url,
      crashes: 30,
      seed: 1,
      provider: await stormyRadicale(2),
    });
    expect(crashes).toBeGreaterThanOrEqual(30);
    expect(audit).toMatchObject({
      doubled: 0,
      invented: 0,
      denied: 0,
      twice: 0,
      withoutBooking: 0,
      withoutIntent: 0,
      open: 0,
      withoutAppointment: 0,
    });
    expect(audit.live).toBe(audit.confirmed);
    expect(audit.live).toBeGreaterThan(5);
    expect(killed.size).toBeGreaterThan(CALL_POINTS.length / 2);
  }, 600_000);
});
