import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { isOutOfTime } from '../database-trouble.ts';
import { narrowedCalls, readCalls } from './list-calls.ts';
import type { CallFilter, ListedCall } from './list-calls.ts';

/*
 * No one way finds words in a million calls in time. What is said in most calls stands in the newest
 * ones, and the index would name nearly all calls; what is said seldom the index names at once, and
 * nobody finds it by looking through the newest.
 */

export interface CallSearch extends CallFilter {
  /** Words that were said, the last of them perhaps begun only. */
  text: string;
}

/** The words are said in too many calls for the index, and in too few of the newest ones. */
export class SearchTooWideError extends Error {
  override readonly name = 'SearchTooWideError';
}

/** Calls that are looked through before the index is asked, and where it took too long. */
const NEWEST = 500;
const NEXT = 10_000;
/** Milliseconds for each of the three. */
const IN_NEWEST = 1_000;
const BY_INDEX = 3_000;
const IN_NEXT = 4_000;

/**
 * A page of calls in which words were said in one turn, newest first.
 * @throws {SearchTooWideError} after eight seconds
 */
export async function searchCalls(db: Database, search: CallSearch): Promise<ListedCall[]> {
  const found =
    (await inTime(db, IN_NEWEST, (inside) => lookThrough(inside, search, NEWEST))) ??
    (await inTime(db, BY_INDEX, (inside) => findByIndex(inside, search))) ??
    (await inTime(db, IN_NEXT, (inside) => lookThrough(inside, search, NEXT)));
  if (!found) throw new SearchTooWideError('The words are said in too many calls.');
  return readFound(db, search, found);
}

/** Ids of a page among the newest calls; undefined where these are too few to fill it, and not all. */
async function lookThrough(
  db: Database,
  search: CallSearch,
  count: number,
): Promise<string[] | undefined> {
  const newest = idsOf(db, search, count);
  // As it stands in no index: it is read with each call, and the look ends where the page is full.
  const { rows } = await sql<{ id: string }>`
    select id from (${newest}) as one where (
      select true from call_turns as turn where turn.call_id = one.id
        and to_tsvector('simple', left(turn.text, 20000) || '') @@ ${queryOf(search.text)} limit 1)
    order by started_at desc, id desc limit ${search.limit}`.execute(db);
  if (rows.length < search.limit) {
    const { rows: counted } = await sql<{ isAll: boolean }>`
      select count(*) < ${count} as is_all from (${newest}) as one`.execute(db);
    if (counted[0]?.isAll !== true) return undefined;
  }
  return rows.map(({ id }) => id);
}

async function findByIndex(db: Database, search: CallSearch): Promise<string[]> {
  const { organizationId, rehearsals, limit, text } = search;
  const own = rehearsals ? sql`true` : sql`organization_id = ${organizationId}`;
  const { rows } = await sql<{ id: string }>`
    with said as materialized (
      select distinct call_id from call_turns
      where ${own} and to_tsvector('simple', left(text, 20000)) @@ ${queryOf(text)}
    )
    ${idsOf(db, search, limit).where('calls.id', 'in', sql<string>`(select call_id from said)`)}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** The newest of a search, whatever was said in them. */
function idsOf(db: Database, search: CallSearch, limit: number) {
  return narrowedCalls(db, { ...search, limit })
    .clearSelect()
    .select(['calls.id', 'calls.startedAt']);
}

function readFound(db: Database, search: CallSearch, ids: string[]): Promise<ListedCall[]> {
  return readCalls(
    narrowedCalls(db, search).where('calls.id', '=', sql<string>`any(${ids}::uuid[])`),
  );
}

/** The answer of one attempt; undefined where it took longer. */
async function inTime<T>(
  db: Database,
  milliseconds: number,
  work: (inside: Database) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await db.transaction().execute(async (transaction) => {
      await sql`set local statement_timeout = ${sql.lit(milliseconds)}`.execute(transaction);
      // With less, PostgreSQL takes apart once more what many turns say that the index has named.
      await sql`set local work_mem = '64MB'`.execute(transaction);
      return work(transaction);
    });
  } catch (error) {
    if (isOutOfTime(error)) return undefined;
    throw error;
  }
}

/** All of the words, the last by its beginning. */
function queryOf(words: string): RawBuilder<unknown> {
  return sql`coalesce(nullif(plainto_tsquery('simple', ${words})::text, '') || ':*', '')::tsquery`;
}
