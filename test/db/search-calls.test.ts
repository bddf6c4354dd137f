import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { searchCalls } from '../../db/calls/search-calls.ts';
import type { CallSearch } from '../../db/calls/search-calls.ts';
import { listCalls } from '../../manage/calls/list-calls.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';

const CALLS = 1_300;
const database = useTestDatabase();
let tenant: Tenant;
let search: Omit<CallSearch, 'text'>;

/** By number, the newest is 1: what everybody says, every 40th, one of the oldest, and nobody together. */
beforeAll(async () => {
  const { db } = database;
  tenant = await insertTenant(db);
  const { organizationId, agentId } = tenant;
  search = { organizationId, rehearsals: false, limit: 50 };
  await sql`
    with made as (
      insert into calls (organization_id, agent_id, room_name, line, started_at)
        select ${organizationId}::uuid, ${agentId}::uuid, number::text,
          case when number % 2 = 0 then 'web' else 'phone' end,
          -- Several began in the same instant.
          slotline_now() - interval '1 minute' * (number / 3)
        from generate_series(1, ${CALLS}::integer) as number
      returning id, room_name::integer as number
    )
    insert into call_turns (organization_id, call_id, role, text)
      select ${organizationId}::uuid, id, 'caller', said.text from made cross join lateral (values
        (true, 'Good morning to you'), (number % 40 = 0, 'it is a fortieth time'),
        (number = 1250, 'with a rhinoceros'), (number = 1251, 'a rhino''s morning')
      ) as said (holds, text) where said.holds`.execute(db);
});

async function roomsOf(given: Partial<CallSearch> & { text: string }): Promise<number[]> {
  const found = await searchCalls(database.db, { ...search, ...given });
  const { rows } = await sql<{ id: string; room: string }>`
    select id, room_name as room from calls where id = any(${found.map(({ id }) => id)}::uuid[])`.execute(
    database.db,
  );
  return found.map(({ id }) => Number(rows.find((row) => row.id === id)?.room));
}

describe('searching calls by what was said', () => {
  it('finds what everybody says among the newest, page by page, each once', async () => {
    const seen: string[] = [];
    for (;;) {
      const after = seen.at(-1);
      const page = await searchCalls(database.db, {
        ...search,
        text: 'good mor',
        limit: 400,
        ...(after === undefined ? {} : { after }),
      });
      seen.push(...page.map(({ id }) => id));
      if (page.length < 400) break;
    }
    expect(new Set(seen).size).toBe(CALLS);
    expect(seen).toHaveLength(CALLS);
  });

  it('finds by the index what is said seldom, and in old calls', async () => {
    expect(await roomsOf({ text: 'rhino' })).toEqual([1250, 1251]);
    expect(await roomsOf({ text: 'RHINOCEROS' })).toEqual([1250]);
    expect(await roomsOf({ text: 'rhino', line: 'phone' })).toEqual([1251]);
    expect(await roomsOf({ text: 'fortieth' })).toEqual(
      Array.from({ length: 32 }, (_, at) => (at + 1) * 40),
    );
  });

  it('finds nothing where no turn has all of the words, or the calls are others', async () => {
    expect(await roomsOf({ text: 'fortieth morning' })).toEqual([]);
    const other = await insertTenant(database.db);
    expect(await roomsOf({ text: 'rhino', organizationId: other.organizationId })).toEqual([]);
  });

  it('tells what to do where it cannot be answered in time', async () => {
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    try {
      // Whoever reads what was said waits, as for a disk that does not come along.
      await holder.query('begin');
      await holder.query('lock table call_turns in access exclusive mode');
      await expect(
        listCalls(database.db, tenant.organizationId, { text: 'morning' }, { showPersonal: true }),
      ).rejects.toMatchObject({ name: 'ManageError', field: 'text', fault: 'invalid' });
    } finally {
      await holder.end();
    }
  }, 30_000);
});
