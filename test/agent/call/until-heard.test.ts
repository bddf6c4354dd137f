import type { Room } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isCallerThere, untilHeard } from '../../../agent/call/until-heard.ts';

const roomOf = (...identities: string[]) =>
  ({ remoteParticipants: new Map(identities.map((one) => [one, {}])) }) as unknown as Room;

describe('what was said last', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['a visitor who is there', ['visitor'], null, true],
    ['a visitor who has left', [], null, false],
    ['a phone line that is there', ['sip_1'], { identity: 'sip_1' }, true],
    ['a phone line that hung up', ['somebody'], { identity: 'sip_1' }, false],
  ])('reaches %s before the room is closed', async (_, identities, phone, isThere) => {
    let isHeard = false;
    const wait = async (): Promise<void> => {
      await untilHeard(isCallerThere(roomOf(...identities), phone));
      isHeard = true;
    };
    const heard = wait();
    await vi.advanceTimersByTimeAsync(0);
    expect(isHeard).toBe(!isThere);
    await vi.advanceTimersByTimeAsync(1_000);
    await heard;
    expect(isHeard).toBe(true);
  });
});
