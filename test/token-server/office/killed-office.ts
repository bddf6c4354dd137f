import { writeSync } from 'node:fs';
import type { CrashPoint } from '../../../booking/ledger/crash-point.ts';
import { openDatabase } from '../../../db/database.ts';
import { startOffice } from './start-office.ts';

/** What the process is told; JSON. */
export interface KilledOfficeOrders {
  databaseUrl: string;
  /** Where it kills itself. */
  point: CrashPoint;
}

// Run as a program: an office whose process dies in the middle of a request.
const orders = JSON.parse(process.argv[2] ?? '') as KilledOfficeOrders;
const db = openDatabase({ connectionString: orders.databaseUrl, maxConnections: 6 });
// Nobody is left behind when the test itself is ended.
process.stdin.once('end', () => process.exit()).resume();
const office = await startOffice(db, {
  outside: {
    ledger: {
      async onStep(name) {
        if (name !== orders.point) return;
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => {});
      },
    },
  },
});
writeSync(1, `${office.url}\n`);
