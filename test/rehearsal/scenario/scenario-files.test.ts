import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseScenario } from '../../../rehearsal/scenario/scenario.ts';

const folder = join(import.meta.dirname, '../../../rehearsal/scenarios');
const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));

describe('the scenarios we promise to get right', () => {
  it.each(files)('%s can be played', async (file) => {
    const scenario = parseScenario(await readFile(join(folder, file), 'utf8'), file);
    expect(scenario.turns[0]?.kind).toBe('hear');
  });

  it('have names of their own', async () => {
    const names = await Promise.all(
      files.map(
        async (file) => parseScenario(await readFile(join(folder, file), 'utf8'), file).name,
      ),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
