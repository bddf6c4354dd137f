import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

/** What rate-limiter-flexible needs to count in PostgreSQL: the table and who asks for it. */
export interface RateLimitStore {
  tableName: string;
  /** By a migration: the library makes none. */
  tableCreated: true;
  storeType: 'client';
  storeClient: {
    query: (query: {
      text: string;
      values?: unknown[];
    }) => Promise<{ rows: unknown[]; rowCount: number }>;
  };
}

/** Counts through the pool that there is already; the library writes the queries itself. */
export function rateLimitStore(db: Database): RateLimitStore {
  return {
    tableName: 'token_rate_limits',
    tableCreated: true,
    storeType: 'client',
    storeClient: {
      async query({ text, values = [] }) {
        const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
        return { rows, rowCount: rows.length };
      },
    },
  };
}
