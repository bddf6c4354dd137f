import type { voice } from '@livekit/agents';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endInTime, limitLength } from '../../../agent/call/call-length.ts';
import { speaking } from '../../support/speaking.ts';

describe('the longest call', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const watch = (minutes: number) => {
    const seen: [string, number][] = [];
    const begun = Date.now();
    const note = (what: string) => (): void => {
      seen.push([what, (Date.now() - begun) / 60_000]);
    };
    const stop = limitLength(minutes * 60_000, { onWarning: note('warn'), onEnd: note('end') });
    return { seen, stop };
  };

  it('is announced a minute before its end', () => {
    const { seen } = watch(30);
    vi.advanceTimersByTime(60 * 60_000);
    expect(seen).toEqual([
      ['warn', 29],
      ['end', 30],
    ]);
  });

  it('of one minute is announced after half', () => {
    const { seen } = watch(1);
    vi.advanceTimersByTime(60 * 60_000);
    expect(seen).toEqual([
      ['warn', 0.5],
      ['end', 1],
    ]);
  });

  it('is not watched any more after the call', () => {
    const { seen, stop } = watch(30);
    stop();
    vi.advanceTimersByTime(60 * 60_000);
    expect(seen).toEqual([]);
  });
});

describe('who is on a call that gets too long', () => {
  class Session {
    agentState: voice.AgentState = 'listening';
    userState: voice.UserState = 'listening';
    said: string[] = [];
    handle = { allowInterruptions: true, waitForPlayout: () => this.heard.promise };
    heard = Promise.withResolvers<void>();

    generateReply({ instructions }: { instructions: string }) {
      this.said.push(instructions);
      return this.handle;
    }
  }
  let session: Session;
  let isBusy = false;
  let isBooking = false;
  const warnings: string[] = [];
  const hungUp = vi.fn<(reason: string) => void>();
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    hungUp.mockClear();
    warnings.length = 0;
    [isBusy, isBooking] = [false, false];
    session = new Session();
    stop = endInTime({
      session: session as unknown as voice.AgentSession,
      replies: {
        say: (reply) => void warnings.push('instructions' in reply ? reply.instructions : ''),
      },
      language: speaking('de-CH'),
      longestCall: 5 * 60_000,
      isBusy: () => isBusy,
      isBooking: () => isBooking,
      logger: pino({ level: 'silent' }),
      onGoodbye: () => {},
      onHangUp: hungUp,
    });
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });
  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

  it('is told a minute before, in the language of the agent', async () => {
    await seconds(239);
    expect(warnings).toEqual([]);
    await seconds(2);
    expect(warnings).toEqual([expect.stringMatching(/"Wir haben noch eine Minute/)]);
  });

  it.each([
    ['the agent speaks', () => (session.agentState = 'speaking')],
    ['the agent is about to answer', () => (session.agentState = 'thinking')],
    ['the caller speaks', () => (session.userState = 'speaking')],
    ['a tool is running', () => (isBusy = true)],
  ])('is not told while %s', async (_, begin) => {
    await seconds(239);
    begin();
    await seconds(10);
    expect(warnings).toEqual([]);
    [session.agentState, session.userState, isBusy] = ['listening', 'listening', false];
    await seconds(2);
    expect(warnings).toHaveLength(1);
  });

  it('hears the goodbye to its end before the line is closed', async () => {
    await seconds(302);
    expect(session.said).toEqual([expect.stringMatching(/Auf Wiederhören/)]);
    expect(session.handle.allowInterruptions).toBe(false);
    expect(hungUp).not.toHaveBeenCalled();
    session.heard.resolve();
    await seconds(0);
    expect(hungUp).toHaveBeenCalledWith('The call reached its longest time.');
  });

  it('is not hung up on in the middle of a sentence', async () => {
    await seconds(299);
    session.userState = 'speaking';
    await seconds(10);
    expect(session.said).toEqual([]);
    session.userState = 'listening';
    await seconds(2);
    expect(session.said).toHaveLength(1);
  });

  it('may finish a booking that is under way, and no more than a minute', async () => {
    isBooking = true;
    await seconds(330);
    isBusy = true;
    await seconds(10);
    expect(session.said).toEqual([]);
    [isBooking, isBusy] = [false, false];
    await seconds(2);
    expect(session.said).toHaveLength(1);
  });

  it('is hung up on in the end, whatever they keep choosing from', async () => {
    isBooking = true;
    session.heard.resolve();
    await seconds(359);
    expect(hungUp).not.toHaveBeenCalled();
    await seconds(3);
    expect(hungUp).toHaveBeenCalledTimes(1);
  });

  it('hears nothing of it after the call', async () => {
    await seconds(239.5);
    session.agentState = 'speaking';
    await seconds(1);
    stop();
    session.agentState = 'listening';
    await seconds(600);
    expect({ warnings, said: session.said }).toEqual({ warnings: [], said: [] });
  });
});
