import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, inject, it } from 'vitest';

import type { Result } from '../../rehearsal/rehearse.ts';
import { failuresOf, playScenarios } from '../support/run-rehearse.ts';

const files = (await readdir(join(import.meta.dirname, '../../rehearsal/scenarios')))
  .filter((file) => file.endsWith('.yaml') && !/^(?:phone|calcom)-/.test(file))
  .map((file) => `rehearsal/scenarios/${file}`);

/** Two cores carry both ends of every call: more at once would grade the machine, not the product. */
const callsAtOnce = 3;

describe.skipIf(!inject('livekitServer'))('a caller', () => {
  let results: Map<string, Result>;

  beforeAll(async () => {
    results = await playScenarios(files, { callsAtOnce });
  }, 1_500_000);

  it.each(files)('is served as %s says', (file) => {
    const result = results.get(file);
    expect(failuresOf(result), `recording and transcript: ${result?.folder}`).toEqual([]);
  });

  it('is served by an agent on Cal.com as by any other', async () => {
    const file = 'rehearsal/scenarios/calcom-books-and-moves.yaml';
    const played = await playScenarios([file], { callsAtOnce: 1, calendar: 'calcom-simulator' });
    const result = played.get(file);
    expect(failuresOf(result), `recording and transcript: ${result?.folder}`).toEqual([]);
  }, 300_000);
});
