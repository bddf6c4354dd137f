import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../calendar/providers.ts';
import { CallRecord } from '../../calls/call-record.ts';
import { HEADER_LENGTH, waveHeader } from '../../calls/recordings/wave-format.ts';
import { runSlotline } from '../../cli/run-slotline.ts';
import { insertCall } from '../../db/calls/calls.ts';
import {
  beginRecording,
  endRecording,
  noteStored,
  refuseRecording,
} from '../../db/calls/recordings.ts';
import { parseScenario } from '../../rehearsal/scenario/scenario.ts';
import { encodeMuLaw } from '../../runtime/g711.ts';
import { makeFolder, openPlaces } from '../support/recordings.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
const RATE = 16_000;
/** Seconds from the beginning of the recording at which turns begin, and how the caller sounds in them. */
const SAID = [
  { at: 2, role: 'caller', text: 'What do you have on Friday?', hertz: 400 },
  { at: 5, role: 'agent', text: 'Ten or eleven. Which one?', hertz: 0 },
  { at: 8, role: 'caller', text: 'The first, I am Mary Smith.', hertz: 600 },
  { at: 11, role: 'agent', text: 'Thank you.', hertz: 0 },
  { at: 13, role: 'caller', text: 'Goodbye.', hertz: 800 },
] as const;
let folder = '';
let call = { organizationId: '', callId: '' };
let id = '';

beforeEach(async () => {
  const { db } = database;
  folder = await makeFolder();
  const { organizationId, agentId, slug } = await insertTenant(db);
  const callId = await insertCall(db, { organizationId, agentId, roomName: slug, line: 'web' });
  call = { organizationId, callId };
  id = randomUUID();
  const startedAt = await beginRecording(db, call, { id, age: () => 0 });
  if (!startedAt) throw new Error('Not begun.');
  for (const { at, role, text } of SAID) {
    const saidAt = new Date(startedAt.getTime() + at * 1_000);
    const turn = { role, text, saidAt, medium: 'speech', interrupted: false } as const;
    await db
      .insertInto('callTurns')
      .values({ ...call, ...turn, latency: null })
      .execute();
  }
  const record = new CallRecord(db, call, pino({ level: 'silent' }));
  record.toolCall('take_message', { name: 'Mary Smith' })({ result: {} });
  await record.finish({ outcome: 'no_booking', reason: 'over', by: 'caller' });
  const sound = makeSound();
  const length = { milliseconds: 16_000, bytes: HEADER_LENGTH + sound.length };
  await endRecording(db, id, { ...length, incomplete: null });
  const { store } = openPlaces(environment());
  await mkdir(join(folder, 'kept'), { recursive: true });
  await writeFile(join(folder, 'sound.wav'), Buffer.concat([waveHeader(sound.length), sound]));
  await store.put(`${id}.wav`, join(folder, 'sound.wav'));
  await noteStored(db, id, await store.name());
});

function environment(): Record<string, string> {
  return { DATABASE_URL: database.url, RECORDINGS_FOLDER: join(folder, 'kept') };
}

/** The caller on the left: a second of a tone in each turn. On the right the agent, without an end. */
function makeSound(): Uint8Array {
  const left = new Int16Array(16 * RATE);
  for (const { at, hertz } of SAID) {
    for (let index = 0; index < RATE; index += 1) {
      left[at * RATE + index] = 9_000 * Math.sin((2 * Math.PI * hertz * index) / RATE);
    }
  }
  const both = Int16Array.from({ length: 2 * left.length }, (_, index) =>
    index % 2 === 0 ? (left[index / 2] ?? 0) : 9_000 * Math.sin(index / 3),
  );
  return encodeMuLaw(both);
}

async function slotline(...args: string[]): Promise<string> {
  let output = '';
  const exitCode = await runSlotline(
    [...args, '--data-dir', folder, '--organization', call.organizationId],
    {
      environment: environment(),
      providers: PROVIDERS,
      input: process.stdin,
      write: (text) => void (output += text),
      writeError: (text) => void (output += text),
      now: () => new Date(),
    },
  );
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  return output;
}

/** How often a sound crosses zero in a second, as a tone of so many hertz does. */
function hertzOf(samples: Int16Array): number {
  const loud = samples.filter((sample) => Math.abs(sample) > 300);
  let crossings = 0;
  for (const [index, sample] of loud.entries()) {
    if (index > 0 && sample > 0 !== (loud[index - 1] ?? 0) > 0) crossings += 1;
  }
  return crossings / 2;
}

describe('slotline calls show', () => {
  it('tells what there is of the recording', async () => {
    const told = await slotline('calls', 'show', call.callId);
    expect(told).toMatch(
      new RegExp(`Recording: ${id}.wav in folder:\\S+, 16.0 s, 512058 bytes\\.`),
    );
  });

  it('tells of a caller who did not want it', async () => {
    await refuseRecording(database.db, call);
    const told = await slotline('calls', 'show', call.callId);
    expect(told).toContain('Recording: the caller did not want it');
  });
});

describe('slotline calls export', () => {
  it('names the recording, and copies it where it is asked to', async () => {
    const own = join(folder, 'exported');
    const lines = await slotline('calls', 'export', '--with-recording', own);
    const exported = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; recordings: { file: string }[] })
      .find((each) => each.id === call.callId);
    const [{ file } = { file: '' }] = exported?.recordings ?? [];
    expect(file).toBe(join(own, `${call.callId}-1.wav`));
    expect(await readFile(file)).toEqual(await readFile(join(folder, 'sound.wav')));
  });
});

describe('slotline calls to-scenario', () => {
  it('plays the caller’s own voice, but where a name was made up', async () => {
    const output = join(folder, 'made.yaml');
    await slotline('calls', 'to-scenario', call.callId, '--output', output);
    const text = await readFile(output, 'utf8');
    expect(text).not.toMatch(/mary|smith/i);
    expect(text).toContain('own voice');
    const { turns } = parseScenario(text, output);
    const played = turns.flatMap((turn) => (turn.kind === 'play' ? [turn.sound.samples] : []));
    expect(played.map((samples) => Math.round(hertzOf(samples) / 100) * 100)).toEqual([400, 800]);
    for (const samples of played) expect(samples.length / RATE).toBeCloseTo(1, 1);
    const said = turns.flatMap((turn) => (turn.kind === 'say' ? [turn.text] : []));
    expect(said).toHaveLength(1);
  });

  it('has words alone where that is asked for, and where the recording cannot be read', async () => {
    const output = join(folder, 'words.yaml');
    await slotline('calls', 'to-scenario', call.callId, '--output', output, '--words-only');
    expect(await readFile(output, 'utf8')).not.toContain('play:');
    await writeFile(join(folder, 'kept', 'slotline-recordings.id'), 'another folder\n');
    const other = join(folder, 'other.yaml');
    await slotline('calls', 'to-scenario', call.callId, '--output', other);
    expect(await readFile(other, 'utf8')).not.toContain('play:');
  });
});
