import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, inject, it } from 'vitest';

import type { Result } from '../../rehearsal/rehearse.ts';
import { failuresOf, runRehearse, wasMisunderstood } from '../support/run-rehearse.ts';

const files = (await readdir(join(import.meta.dirname, '../../scenarios')))
  .filter((file) => file.endsWith('.yaml') && !/^(?:phone|calcom)-/.test(file))
  .map((file) => `scenarios/${file}`);

/** Two cores carry both ends of every call: more at once would grade the machine, not the product. */
const callsAtOnce = 3;

describe.skipIf(!inject('livekitServer'))('a caller', () => {
  let results: Map<string, Result>;

  beforeAll(async () => {
    const played = await runRehearse(files, { callsAtOnce });
    results = new Map(played.map((result) => [result.file, result]));
    const again = played.filter(wasMisunderstood).map((result) => result.file);
    if (again.length === 0) return;
    process.stderr.write(`Not understood, called a second time: ${again.join(', ')}\n`);
    for (const result of await runRehearse(again, { callsAtOnce: 1 })) {
      results.set(result.file, result);
    }
  }, 1_500_000);

  it.each(files)('is served as %s says', (file) => {
    const result = results.get(file);
    expect(failuresOf(result), `recording and transcript: ${result?.folder}`).toEqual([]);
  });

  it('is served by an agent on Cal.com as by any other', async () => {
    const onCalcom = { callsAtOnce: 1, calendar: 'calcom-simulator' } as const;
    const play = () => runRehearse(['scenarios/calcom-books-and-moves.yaml'], onCalcom);
    const [first] = await play();
    const [result] = first && wasMisunderstood(first) ? await play() : [first];
    expect(failuresOf(result), `recording and transcript: ${result?.folder}`).toEqual([]);
  }, 300_000);
});
