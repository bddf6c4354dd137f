import type { Database } from '../../db/database.ts';
import { formatCsv } from '../csv.ts';
import { CALL_COLUMNS, toCallRecord } from './call-records.ts';
import { examineCall } from './examine-call.ts';
import type { ExaminedCall } from './examine-call.ts';
import { listCalls } from './list-calls.ts';
import type { CallsInput } from './list-calls.ts';

/** Calls that are read at a time. */
const PAGE = 200;

interface ExportOptions {
  format: 'csv' | 'jsonl';
  filter: CallsInput;
  /** What of a whole call leaves. */
  present: (call: ExaminedCall) => unknown;
}

/**
 * Writes calls as they are read, the newest first, names and numbers as they are: the list as CSV, or
 * whole calls, one JSON document a line.
 *
 * @throws {ManageError} before the first bytes
 */
export async function* exportCalls(
  db: Database,
  organizationId: string,
  { format, filter, present }: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  let cursor: string | undefined;
  let isFirst = true;
  do {
    const input = { ...filter, limit: PAGE, cursor };
    const page = await listCalls(db, organizationId, input, { showPersonal: true });
    if (format === 'csv') {
      const rows = formatCsv(CALL_COLUMNS, page.calls.map(toCallRecord));
      // The titles stand once.
      yield bytes(`${isFirst ? rows : rows.slice(rows.indexOf('\r\n') + 2)}\r\n`);
    } else {
      for (const { id } of page.calls) {
        const call = await examineCall(db, organizationId, { id });
        yield bytes(`${JSON.stringify(present(call))}\n`);
      }
    }
    isFirst = false;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
