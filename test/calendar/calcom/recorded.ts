import { readFileSync } from 'node:fs';
import { readLaterRecording } from '../../rehearsal/simulators/calcom/recording.ts';
import type { ScriptedAnswer } from '../scripted-server.ts';

interface Recording {
  request: { method: string; path: string; body: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

function read(name: string): unknown {
  const file = new URL(`../../fixtures/calcom/recorded/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What a running Cal.com answered, by the name of the recording. */
export function recorded(name: string): Required<ScriptedAnswer> {
  const { status, headers, body } = (read(name) as Recording).response;
  return { status, headers, body };
}

/** What another instance answered later, to what the first recordings did not ask. */
export function recordedLater(name: string): Required<ScriptedAnswer> {
  const { status, body } = readLaterRecording(name).response;
  return { status, headers: {}, body };
}

/** The six answers to six bookings of one start at once. */
export function recordedRace(): { status: number; body: unknown }[] {
  return read('booking.create.concurrent-6') as { status: number; body: unknown }[];
}
