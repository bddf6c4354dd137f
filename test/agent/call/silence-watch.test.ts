import { EventEmitter } from 'node:events';
import { voice } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SilenceWatch } from '../../../agent/call/silence-watch.ts';

const { UserStateChanged } = voice.AgentSessionEventTypes;

class Session extends EventEmitter {
  userState: voice.UserState = 'listening';
  agentState: voice.AgentState = 'listening';
  prompts: string[] = [];

  generateReply({ instructions }: { instructions: string }) {
    this.prompts.push(instructions);
    return { waitForPlayout: () => Promise.resolve() };
  }

  become(newState: voice.UserState): void {
    this.userState = newState;
    this.emit(UserStateChanged, { newState });
  }
}

describe('a silent caller', () => {
  let session: Session;
  let watch: SilenceWatch;
  let isBusy: boolean;
  const gone = vi.fn<(reason: string) => void>();

  beforeEach(() => {
    vi.useFakeTimers();
    gone.mockClear();
    isBusy = false;
    session = new Session();
    watch = new SilenceWatch(session as unknown as voice.AgentSession, {
      line: 'phone',
      isBusy: () => isBusy,
      onGone: gone,
    });
  });
  afterEach(() => {
    watch.stop();
    vi.useRealTimers();
  });

  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

  it('is asked twice, then hears a goodbye, and the call ends', async () => {
    session.become('away');
    await seconds(23);
    expect(session.prompts).toHaveLength(2);
    expect(gone).not.toHaveBeenCalled();
    await seconds(1);
    expect(session.prompts.at(-1)).toMatch(/goodbye/);
    expect(gone).toHaveBeenCalledWith('The caller was silent.');
  });

  it('who speaks again is not asked any more', async () => {
    session.become('away');
    await seconds(1);
    session.become('speaking');
    session.become('listening');
    await seconds(120);
    expect(session.prompts).toHaveLength(1);
  });

  it('who types or presses keys now and then is neither asked nor hung up on', async () => {
    watch.present();
    session.become('away');
    for (let round = 0; round < 20; round += 1) {
      await seconds(10);
      watch.present();
    }
    expect(session.prompts).toEqual([]);
  });

  it('who only ever seems to type is asked in the end, and hung up on', async () => {
    watch.present();
    session.become('away');
    for (let round = 0; round < 25; round += 1) {
      await seconds(10);
      watch.typing();
    }
    expect(session.prompts).toHaveLength(1);
    for (let round = 0; round < 5; round += 1) {
      await seconds(10);
      watch.typing();
    }
    expect(gone).toHaveBeenCalledWith('The caller was silent.');
  });

  it('who types for a while before the line comes is not asked', async () => {
    watch.typing();
    session.become('away');
    for (let minutes = 0; minutes < 12; minutes += 1) {
      for (let round = 0; round < 6; round += 1) {
        await seconds(10);
        watch.typing();
      }
      if (minutes % 3 === 2) watch.present();
    }
    expect(session.prompts).toEqual([]);
  });

  it('who falls silent after a key is asked again, and in the end the call ends', async () => {
    session.become('away');
    await seconds(1);
    watch.present();
    await seconds(12);
    expect(session.prompts).toHaveLength(2);
    await seconds(24);
    expect(gone).toHaveBeenCalledTimes(1);
  });

  it('is not asked while we book, nor while the agent speaks', async () => {
    isBusy = true;
    session.become('away');
    await seconds(30);
    isBusy = false;
    session.agentState = 'speaking';
    await seconds(30);
    expect(session.prompts).toEqual([]);
    session.agentState = 'listening';
    await seconds(12);
    expect(session.prompts).toHaveLength(1);
  });
});
