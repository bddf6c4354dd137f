import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Result } from '../../rehearsal/rehearse.ts';
import { failuresOf, runRehearse } from '../support/run-rehearse.ts';

/** Interrupted, silent and noisy callers have nothing to type; the phone has a suite of its own. */
const SPOKEN_ONLY = /^(?:phone-|natural-phone-|calcom-|interrupts|noise|silence)/;

const files = (await readdir(join(import.meta.dirname, '../../rehearsal/scenarios')))
  .filter((file) => file.endsWith('.yaml') && !SPOKEN_ONLY.test(file))
  .map((file) => `rehearsal/scenarios/${file}`);

const ON_CALCOM = 'rehearsal/scenarios/calcom-books-and-moves.yaml';

describe.skipIf(!inject('livekitServer'))('a caller who types', () => {
  let results: Map<string, Result>;

  beforeAll(async () => {
    const played = await runRehearse(files, { callsAtOnce: 2, text: true });
    results = new Map(played.map((result) => [result.file, result]));
    // LiveKit keeps no queue for calls: one that came while the worker was busy is made again.
    const unanswered = played.filter(({ agentJoinedAfter }) => agentJoinedAfter === null);
    if (unanswered.length === 0) return;
    const again = unanswered.map(({ file }) => file);
    process.stderr.write(`Not answered, called a second time: ${again.join(', ')}\n`);
    for (const result of await runRehearse(again, { callsAtOnce: 1, text: true })) {
      results.set(result.file, result);
    }
  }, 600_000);

  it.each(files)('is served as %s says', (file) => {
    const result = results.get(file);
    expect(failuresOf(result), `transcript: ${result?.folder}`).toEqual([]);
  });

  it('is served by an agent on Cal.com as by any other', async () => {
    const options = { callsAtOnce: 1, text: true, calendar: 'calcom-simulator' } as const;
    const [result] = await runRehearse([ON_CALCOM], options);
    expect(failuresOf(result), `transcript: ${result?.folder}`).toEqual([]);
  }, 120_000);

  it('fails where the calendar has another booking than the one expected', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slotline-scenarios-'));
    const file = join(folder, 'wrong.yaml');
    const right = await readFile('rehearsal/scenarios/types-the-details.yaml', 'utf8');
    await writeFile(file, right.replace('offered 1', 'offered 2'));
    const [result] = await runRehearse([file], { callsAtOnce: 1, text: true });
    await rm(folder, { recursive: true });
    expect(failuresOf(result).join()).toContain('bookings');
  }, 120_000);
});
