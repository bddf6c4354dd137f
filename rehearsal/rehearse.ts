import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Caller } from './caller/caller.ts';
import { dial } from './caller/dial.ts';
import { markRehearsal } from '../db/calls/calls.ts';
import type { AgentContent } from '../db/agents.ts';
import type { Database } from '../db/database.ts';
import { removeRehearsal } from '../db/organizations.ts';
import { awaitEnd } from './grade/evidence.ts';
import type { Evidence } from './grade/evidence.ts';
import { grade } from './grade/grade.ts';
import type { Check } from './grade/facts.ts';
import { setUpPhone } from './caller/phone-line.ts';
import { playTurns } from './play.ts';
import { prepareSpeech, voiceOf } from './caller/speech.ts';
import type { Step } from './play.ts';
import { readProviderBookings } from './grade/provider-bookings.ts';
import { WITHHELD } from './scenario/scenario-schema.ts';
import type { Scenario } from './scenario/scenario-schema.ts';
import { DEFAULT_TIME_ZONE } from './served-agent.ts';
import { setUp } from './set-up.ts';
import type { Address, SetUpParts } from './set-up.ts';
import type { StandingBooking } from './grade/standing-bookings.ts';
import { writeTranscript } from './caller/transcript.ts';
import type { Voice } from './caller/voice.ts';

/** How a scenario went. */
export interface Result {
  name: string;
  file: string;
  /** Whose voice was heard; null where the caller typed. */
  voice: string | null;
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
  /** Null plays by text: what the caller would say is typed, and nobody is heard. */
  voice: Voice | null;
  /** Recordings go below it. */
  folder: string;
  /** Keeps the organization that a scenario made for itself. */
  keep: boolean;
  /** Answers on the web in place of the scenario's agent. */
  drafted?: AgentContent;
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

/** Somebody who has dialled, and where the call's traces will be. */
interface Call {
  caller: Caller;
  roomName: string;
  timeZone: string;
  ownConnectionId: string | null;
  standing: StandingBooking[];
  /** Takes away what only this call needed. */
  close(): Promise<void>;
}

/** Who calls by phone unless the scenario says otherwise. */
const defaultNumber = '+12125550123';

async function callIn(scenario: Scenario, parts: SetUpParts): Promise<Call> {
  if (scenario.line === 'web') {
    const appointed = await setUp(scenario, parts);
    const caller = await Caller.join(appointed, { isSilent: parts.isSilent ?? false });
    return { ...appointed, caller, close: () => Promise.resolve() };
  }
  const line = await setUpPhone(scenario, parts);
  const { number = defaultNumber } = scenario.caller;
  const from = { number: number === WITHHELD ? null : number };
  const dialled = await dial(line, from, parts.address).catch(async (error: unknown) => {
    await line.close();
    throw error;
  });
  const timeZone = line.calendar?.timeZone ?? DEFAULT_TIME_ZONE;
  return { ...line, ...dialled, timeZone };
}

/**
 * Plays one scenario from dialling to the grade, and keeps its recording and transcript.
 *
 * @throws SetUpError or DialError when it cannot be played; a call that goes wrong is a result, not an error.
 */
export async function rehearse(scenario: Scenario, file: string, parts: Parts): Promise<Result> {
  const { voice } = parts;
  const speech = voice === null ? new Map() : await prepareSpeech(scenario, voice);
  const call = await callIn(scenario, { ...parts, isSilent: voice === null });
  const { caller } = call;
  await mkdir(parts.folder, { recursive: true });
  // The same scenario may be played several times in one second.
  const folder = await mkdtemp(join(parts.folder, `${folderName(scenario, new Date())}-`));

  let steps: Step[];
  try {
    steps = await playTurns(scenario.turns, caller, speech);
  } finally {
    await caller.hangUp();
  }
  const durationMilliseconds = Math.round(caller.now());
  const ended = await awaitEnd(parts.db, call);
  // Through the token server a rehearsal dials like anybody.
  await markRehearsal(parts.db, call.roomName);
  const { masterKey, providers } = parts.address;
  const atProvider = await readProviderBookings(parts.db, call, { masterKey, providers });
  const evidence: Evidence = {
    ...ended,
    calendarBookings: [...ended.calendarBookings, ...atProvider.calendarBookings],
    calendarUnread: atProvider.calendarUnread,
  };
  await call.close();
  const heard = caller.words.heardSince(0);
  const checks = grade(scenario, {
    steps,
    heard,
    evidence,
    offers: caller.traces.views.map((view) => view.offer?.slots.map((slot) => slot.start) ?? []),
    timeZone: call.timeZone,
    standing: call.standing,
  });
  await caller.recording.save(join(folder, 'recording.wav'));
  await writeFile(
    join(folder, 'transcript.txt'),
    writeTranscript(scenario.name, caller, steps, checks),
  );
  const firstSound = caller.meter.firstSoundAfter(0);
  if (!parts.keep && call.ownConnectionId !== null) {
    // A worker that still writes there keeps it from going: the jobs remove it later.
    await removeRehearsal(parts.db, call.ownConnectionId).catch(() => undefined);
  }
  return {
    name: scenario.name,
    file,
    voice: voice === null ? null : voiceOf(scenario),
    ok: checks.every((check) => check.ok),
    steps,
    checks,
    agentJoinedAfter: caller.traces.joinedAt === null ? null : Math.round(caller.traces.joinedAt),
    firstSoundAfter: firstSound === null ? null : Math.round(firstSound),
    durationMilliseconds,
    folder,
  };
}
