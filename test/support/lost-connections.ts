import pg from 'pg';
import { expect } from 'vitest';

/** A connection beside those of the parts that a test disturbs. */
export interface Administrator {
  /** Ends the server's processes of this application, as a restart or a fail-over does; says how many. */
  terminate(application: string): Promise<number>;
  /** Lets everybody wait who reads or writes the table, until the returned function is called, or the end. */
  block(table: string): Promise<() => Promise<void>>;
  /** Resolves when so many statements of this application wait; one unless given. */
  untilWaiting(application: string, count?: number): Promise<void>;
  end(): Promise<void>;
}

export async function openAdministrator(url: string): Promise<Administrator> {
  const open = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url, application_name: 'administrator' });
    await client.connect();
    return client;
  };
  const client = await open();
  const holders: pg.Client[] = [];
  return {
    async terminate(application) {
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = $1`,
        [application],
      );
      return rowCount ?? 0;
    },
    async block(table) {
      const holder = await open();
      holders.push(holder);
      await holder.query('begin');
      const name = table.split('.').map((part) => holder.escapeIdentifier(part));
      await holder.query(`lock table ${name.join('.')} in access exclusive mode`);
      return async () => {
        await holder.query('rollback');
      };
    },
    async untilWaiting(application, count = 1) {
      await expect
        .poll(
          async () => {
            const { rowCount } = await client.query(
              `select from pg_stat_activity where datname = current_database()
               and application_name = $1 and wait_event_type = 'Lock'`,
              [application],
            );
            return rowCount;
          },
          { timeout: 15_000 },
        )
        .toBeGreaterThanOrEqual(count);
    },
    async end() {
      await Promise.all([client, ...holders].map((one) => one.end()));
    },
  };
}
