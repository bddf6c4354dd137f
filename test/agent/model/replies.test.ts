import { EventEmitter } from 'node:events';
import { voice } from '@livekit/agents';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Replies } from '../../../agent/model/replies.ts';

const { SpeechCreated } = voice.AgentSessionEventTypes;

class Session extends EventEmitter {
  readonly asked: unknown[] = [];
  interruptions = 0;

  generateReply(reply: unknown): void {
    this.asked.push(reply);
  }

  interrupt(): void {
    this.interruptions += 1;
  }
}

describe('what a caller types or keys', () => {
  let session: Session;
  let replies: Replies;

  beforeEach(() => {
    vi.useFakeTimers();
    session = new Session();
    replies = new Replies(session as unknown as voice.AgentSession, pino({ level: 'silent' }));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const type = (userInput: string): void => {
    replies.quiet();
    replies.say({ userInput });
  };
  const settled = () => vi.advanceTimersByTimeAsync(0);

  it('is answered at once, and ends what the agent is saying', () => {
    type('hello');
    expect(session.asked).toEqual([{ userInput: 'hello' }]);
    expect(session.interruptions).toBe(1);
  });

  it('waits while something is changed, until the answer to that begins', async () => {
    const change = Promise.withResolvers<string>();
    const changed = replies.during(() => change.promise);
    type('one');
    type('two');
    change.resolve('booked');
    expect(await changed).toBe('booked');
    type('three');
    await settled();
    expect(session.asked).toEqual([]);
    expect(replies.areHeld).toBe(true);
    // Of something else, as of the silence watch.
    session.emit(SpeechCreated, { source: 'generate_reply' });
    await settled();
    expect(session.asked).toEqual([]);
    session.emit(SpeechCreated, { source: 'tool_response' });
    await settled();
    expect(session.asked).toEqual([
      { userInput: 'one' },
      { userInput: 'two' },
      { userInput: 'three' },
    ]);
    expect(session.interruptions).toBe(0);
    expect(replies.areHeld).toBe(false);
  });

  it('waits for all changes of a turn, also one that failed', async () => {
    const first = Promise.withResolvers<string>();
    const second = Promise.withResolvers<string>();
    const both = [replies.during(() => first.promise), replies.during(() => second.promise)];
    type('hello');
    first.resolve('booked');
    second.reject(new Error('refused'));
    await Promise.allSettled(both);
    expect(session.asked).toEqual([]);
    session.emit(SpeechCreated, { source: 'tool_response' });
    await settled();
    expect(session.asked).toEqual([{ userInput: 'hello' }]);
  });

  it('does not wait for an answer that there is not, nor for ever', async () => {
    await replies.during(() => Promise.resolve(undefined));
    type('one');
    expect(session.asked).toHaveLength(1);
    await replies.during(() => Promise.resolve('booked'));
    type('two');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(session.asked).toHaveLength(2);
  });
});
