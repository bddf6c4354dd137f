import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Caller } from './caller.ts';
import type { Database } from '../db/database.ts';
import { awaitEnd } from './evidence.ts';
import { grade } from './grade.ts';
import type { Check } from './grade.ts';
import { playTurns, prepareSpeech } from './play.ts';
import type { Step } from './play.ts';
import type { Scenario } from './scenario-schema.ts';
import { setUp } from './set-up.ts';
import type { Address } from './set-up.ts';
import { writeTranscript } from './transcript.ts';
import type { Voice } from './voice.ts';

/** How a scenario went. */
export interface Result {
  name: string;
  file: string;
  ok: boolean;
  steps: Step[];
  checks: Check[];
  /** From dialling, in milliseconds; null when it never happened. */
  agentJoinedAfter: number | null;
  firstSoundAfter: number | null;
  durationMilliseconds: number;
  /** Where recording.wav and transcript.txt are. */
  folder: string;
}

/** What playing a scenario needs. */
export interface Parts {
  db: Database;
  address: Address;
  voice: Voice;
  /** Recordings go below it. */
  folder: string;
}

function folderName(scenario: Scenario, now: Date): string {
  const stamp = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const name = scenario.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${stamp}-${name}`;
}

/**
 * Plays one scenario from dialling to the grade, and keeps its recording and transcript.
 *
 * @throws SetUpError when it cannot be played; a call that goes wrong is a result, not an error.
 */
export async function rehearse(scenario: Scenario, file: string, parts: Parts): Promise<Result> {
  const speech = await prepareSpeech(scenario, parts.voice);
  const appointed = await setUp(scenario, parts);
  await mkdir(parts.folder, { recursive: true });
  // The same scenario may be played several times in one second.
  const folder = await mkdtemp(join(parts.folder, `${folderName(scenario, new Date())}-`));

  const caller = await Caller.join(appointed);
  let steps: Step[];
  try {
    steps = await playTurns(scenario.turns, caller, speech);
  } finally {
    await caller.hangUp();
  }
  const durationMilliseconds = Math.round(caller.now());
  const evidence = await awaitEnd(parts.db, appointed);
  const heard = caller.words.heardSince(0);
  const checks = grade(scenario, {
    steps,
    heard,
    evidence,
    offers: caller.views.map((view) => view.offer?.slots.map((slot) => slot.start) ?? []),
    timeZone: appointed.timeZone,
    standing: appointed.standing,
  });
  await caller.recording.save(join(folder, 'recording.wav'));
  await writeFile(
    join(folder, 'transcript.txt'),
    writeTranscript(scenario.name, caller, steps, checks),
  );
  const firstSound = caller.meter.firstSoundAfter(0);
  return {
    name: scenario.name,
    file,
    ok: checks.every((check) => check.ok),
    steps,
    checks,
    agentJoinedAfter: caller.agentJoinedAt === null ? null : Math.round(caller.agentJoinedAt),
    firstSoundAfter: firstSound === null ? null : Math.round(firstSound),
    durationMilliseconds,
    folder,
  };
}
