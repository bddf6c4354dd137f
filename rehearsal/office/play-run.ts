import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ClaimedRun } from '../../db/scenarios/scenario-runs.ts';
import { findSpokenOnly } from '../caller/speech.ts';
import { rehearse } from '../rehearse.ts';
import type { Parts } from '../rehearse.ts';
import { parseScenario, ScenarioError } from '../scenario/scenario.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { shippedFile } from './shipped-scenarios.ts';

/** A transcript that is longer is cut: somebody reads it on a page. */
const LONGEST_TRANSCRIPT = 20_000;

/** How a run went; nothing failed where it passed. */
export interface PlayedRun {
  failures: string[];
  /** Null where no call was made. */
  transcript: string | null;
}

/**
 * Plays a scenario by typing, with the draft of a run as the agent that answers, on a calendar of the scenario's own:
 * nothing is booked where callers book.
 */
export async function playRun(
  run: ClaimedRun,
  parts: Pick<Parts, 'db' | 'address'>,
): Promise<PlayedRun> {
  const scenario = await readScenario(run);
  if (Array.isArray(scenario)) return { failures: scenario, transcript: null };
  const folder = await mkdtemp(join(tmpdir(), 'slotline-run-'));
  try {
    const result = await rehearse(scenario, run.scenario, {
      ...parts,
      voice: null,
      folder,
      keep: false,
      drafted: run.content,
    });
    const transcript = await readFile(join(result.folder, 'transcript.txt'), 'utf8');
    const failed = result.checks.filter((check) => !check.ok);
    return {
      failures: failed.map(({ name, detail }) => (detail === '' ? name : `${name}: ${detail}`)),
      transcript: transcript.slice(0, LONGEST_TRANSCRIPT),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The scenario, or why it cannot be played here. */
async function readScenario({ scenario, yaml }: ClaimedRun): Promise<Scenario | string[]> {
  try {
    const file = shippedFile(scenario);
    // One that was made of a phone call is typed like any other.
    const read = parseScenario(
      yaml ?? (await readFile(file, 'utf8')),
      yaml === null ? file : 'scenario',
      {
        line: 'web',
      },
    );
    const spokenOnly = findSpokenOnly(read);
    return spokenOnly === undefined ? read : [`It needs a voice: ${spokenOnly}`];
  } catch (error) {
    if (error instanceof ScenarioError) {
      return error.problems.map((problem) => `It cannot be played by typing: ${problem}`);
    }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return ['This version of Slotline has no such scenario: choose another one.'];
    }
    throw error;
  }
}
