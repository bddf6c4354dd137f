import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { PROVIDERS, readProviders } from '../../calendar/providers.ts';
import { runSlotline } from '../../cli/run-slotline.ts';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { parseScenario } from '../../rehearsal/scenario/scenario.ts';
import { startSlotline } from '../../start/running.ts';
import type { StartedSlotline } from '../../start/running.ts';
import { failuresOf } from '../support/run-rehearse.ts';

/** Book, move and cancel; a fault, and a caller of whom nothing is found. */
const SCENARIOS = ['types-the-details', 'reschedule', 'cancel', 'taken-meanwhile', 'stranger'];

describe.skipIf(!inject('livekitServer'))('a call that is made a scenario', () => {
  let parts: StartedSlotline;
  let db: Database;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slotline-from-calls-'));
    parts = await startSlotline({ ephemeral: true, rehearsal: true });
    db = openDatabase({ connectionString: parts.databaseUrl, maxConnections: 2 });
  }, 300_000);
  afterAll(async () => {
    await db?.destroy();
    await parts?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Plays it by typing, and answers the call's id and what failed. */
  async function play(text: string, file: string): Promise<{ callId: string; failed: string[] }> {
    const played = await rehearse(parseScenario(text, file), file, {
      db,
      address: { ...parts, providers: readProviders({}) },
      voice: null,
      folder,
      keep: true,
    });
    const rows = db.selectFrom('calls').select('id').orderBy('startedAt', 'desc').limit(1);
    const { id: callId } = await rows.executeTakeFirstOrThrow();
    return { callId, failed: failuresOf(played) };
  }

  /** What `slotline calls to-scenario` prints. */
  async function toScenario(callId: string): Promise<string> {
    let output = '';
    const exitCode = await runSlotline(['calls', 'to-scenario', callId], {
      environment: { DATABASE_URL: parts.databaseUrl, SLOTLINE_MASTER_KEY: parts.masterKey },
      providers: PROVIDERS,
      input: process.stdin,
      write: (text) => void (output += text),
      writeError: (text) => void (output += text),
      now: () => new Date(),
    });
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    return output;
  }

  it.each(SCENARIOS)(
    'plays as %s did, with nobody’s own name in it',
    async (name) => {
      const file = `rehearsal/scenarios/${name}.yaml`;
      const first = await play(await readFile(file, 'utf8'), file);
      expect(first.failed).toEqual([]);
      const made = await toScenario(first.callId);
      expect(made).not.toMatch(/mary|smith|miller/i);
      const again = await play(made, `${name}-made.yaml`);
      expect({ failed: again.failed, made }).toEqual({ failed: [], made });
      const [one, other] = await Promise.all(
        [first.callId, again.callId].map((callId) =>
          db
            .selectFrom('toolCalls')
            .select('name')
            .where('callId', '=', callId)
            .orderBy('startedAt')
            .execute(),
        ),
      );
      expect(other).toEqual(one);
    },
    120_000,
  );
});
