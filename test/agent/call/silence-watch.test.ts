import { EventEmitter } from 'node:events';
import { voice } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SilenceWatch } from '../../../agent/call/silence-watch.ts';

const { ConversationItemAdded, UserInputTranscribed, UserStateChanged } =
  voice.AgentSessionEventTypes;

class Session extends EventEmitter {
  userState: voice.UserState = 'listening';
  agentState: voice.AgentState = 'listening';
  prompts: string[] = [];

  generateReply({ instructions }: { instructions: string }) {
    this.prompts.push(instructions);
    return { waitForPlayout: () => Promise.resolve() };
  }

  hears(transcript: string): void {
    this.emit(UserInputTranscribed, { transcript, isFinal: true });
  }

  reads(textContent: string): void {
    const item = { type: 'message', role: 'user', textContent };
    this.emit(ConversationItemAdded, { item });
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

  it.each(['says', 'types'])('who %s "hold on" is left alone for longer', async (how) => {
    const words = 'Hold on, let me check my calendar.';
    if (how === 'says') session.hears(words);
    else session.reads(words);
    await seconds(14);
    session.become('away');
    await seconds(60);
    expect(session.prompts).toEqual([]);
    await seconds(2);
    expect(session.prompts).toHaveLength(1);
    await seconds(12);
    expect(session.prompts).toHaveLength(2);
    await seconds(12);
    expect(gone).toHaveBeenCalledWith('The caller was silent.');
  });

  it('who came back and then falls silent is asked as usual', async () => {
    session.hears('Un momento, por favor.');
    await seconds(10);
    session.hears('Ya estoy, el martes me va bien.');
    session.become('away');
    await seconds(0);
    expect(session.prompts).toHaveLength(1);
  });

  it('is not kept by noise that the model takes for no speech', async () => {
    session.hears('');
    session.become('away');
    for (let second = 0; second < 24; second += 1) {
      session.hears(' ');
      await seconds(1);
    }
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
