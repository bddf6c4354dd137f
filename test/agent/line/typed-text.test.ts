import type { voice } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeTypedText } from '../../../agent/line/typed-text.ts';

describe('what a visitor types', () => {
  const taken: unknown[] = [];
  const session = {
    interrupt: () => {
      throw new Error('This speech cannot be interrupted.');
    },
    generateReply: ({ userInput }: { userInput: string }) => taken.push(userInput),
  } as unknown as voice.AgentSession;

  beforeEach(() => {
    vi.useFakeTimers();
    taken.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is cut to 2,000 characters', () => {
    takeTypedText(() => {})(session, { text: 'a'.repeat(100_000) });
    expect(taken).toEqual(['a'.repeat(2_000)]);
  });

  it('is taken 20 times a minute', () => {
    const take = takeTypedText(() => {});
    for (let round = 0; round < 50; round += 1) take(session, { text: 'hello' });
    expect(taken).toHaveLength(20);
    vi.advanceTimersByTime(60_000);
    take(session, { text: 'again' });
    expect(taken.at(-1)).toBe('again');
  });
});
