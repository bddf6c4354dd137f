import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findRecording, isRecorded, RECORDED_VOICES } from '../../../rehearsal/caller/voices.ts';
import { parseScenario } from '../../../rehearsal/scenario/scenario.ts';
import type { Scenario } from '../../../rehearsal/scenario/scenario-schema.ts';

const folder = join(import.meta.dirname, '../../../rehearsal/scenarios');
const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));

async function read(name: string): Promise<Scenario> {
  const file = join(folder, name);
  return parseScenario(await readFile(file, 'utf8'), file);
}

describe('the scenarios we promise to get right', () => {
  it.each(files)('%s can be played', async (file) => {
    const scenario = await read(file);
    expect(scenario.turns[0]?.kind).toBe('hear');
  });

  it('have names of their own', async () => {
    const names = (await Promise.all(files.map(read))).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the voices that were recorded', () => {
  it.each(RECORDED_VOICES)(
    '%s says each sentence that any of the others says in a scenario',
    async (voice) => {
      const scenarios = (await Promise.all(files.map(read))).filter(({ caller }) =>
        isRecorded(caller.voice),
      );
      const said = scenarios.flatMap(({ turns }) =>
        turns.flatMap((turn) => (turn.kind === 'say' ? [turn.text] : [])),
      );
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((sentence) => !findRecording(voice, sentence))).toEqual([]);
    },
  );
});
