import { setTimeout as pause } from 'node:timers/promises';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { Caller } from '../../rehearsal/caller/caller.ts';

export interface Line {
  /** Asks for a token and says where to join. */
  dial: () => Promise<{ url: string; token: string }>;
}

export interface CallFigures {
  /** From asking for a token to the agent's first audible sample, milliseconds. */
  firstSample: number;
  /** From the end of what the caller says to the agent's next first sample, milliseconds. */
  reply: number;
  /** From hanging up until no agent is in the room, milliseconds. */
  gone: number;
}

const PATIENCE = 60_000;
const QUIET = 700;
/** Milliseconds between two looks whether the agent has gone. */
const GLANCE = 20;

/**
 * Makes one call: waits for the greeting, says one sentence, hears the reply, hangs up.
 * @throws when the agent is not heard within a minute, or does not go
 */
export async function measureCall(
  line: Line,
  sentence: Int16Array,
  rooms: RoomServiceClient,
): Promise<CallFigures> {
  const asked = performance.now();
  const address = await line.dial();
  const answered = performance.now();
  const caller = await Caller.join(address);
  let reply: number | undefined;
  let firstSample: number | undefined;
  try {
    const greeted = await caller.waitUntil(
      () => caller.meter.utterances.length > 0 && caller.meter.quietFor(caller.now()) > QUIET,
      PATIENCE,
    );
    const [greeting] = caller.meter.utterances;
    if (!greeted || !greeting) throw new Error('The agent did not greet.');
    firstSample = answered - asked + greeting.start;
    const { endedAt } = await caller.say(sentence);
    await caller.waitUntil(() => caller.meter.firstSoundAfter(endedAt) !== null, PATIENCE);
    const replied = caller.meter.firstSoundAfter(endedAt);
    if (replied === null) throw new Error('The agent did not reply.');
    reply = replied - endedAt;
  } finally {
    await caller.hangUp();
  }
  return { firstSample, reply, gone: await untilGone(rooms, roomOf(address.token)) };
}

async function untilGone(rooms: RoomServiceClient, room: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    // A room that was deleted has nobody in it.
    const present = await rooms.listParticipants(room).catch(() => []);
    const waited = performance.now() - began;
    if (present.length === 0) return waited;
    if (waited > PATIENCE) throw new Error('The agent did not go.');
    await pause(GLANCE);
  }
}

function roomOf(token: string): string {
  const [, claims = ''] = token.split('.');
  const { video } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    video: { room: string };
  };
  return video.room;
}

/** The median, and the values that a tenth and a twentieth of the others exceed. */
export function summarize(values: readonly number[]): { median: number; p90: number; p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p90: at(0.9), p95: at(0.95) };
}
