import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwedAnswers } from '../../../agent/model/owed-answers.ts';
import { oweAnswers } from '../../../agent/model/owed-answers.ts';

interface Asked {
  event_id: string;
  response: { instructions?: string; metadata: { client_event_id: string } };
}

/** The socket of a session, as the plugin shows it: what it sends, and what the model sends. */
class Session extends EventEmitter {
  readonly again: Asked[] = [];
  #responses = 0;

  sendEvent(event: Asked): void {
    this.again.push(event);
    this.emit('openai_client_event_queued', { type: 'response.create', ...event });
  }

  /** The framework asks, as for a line that was typed. */
  ask(id: string, instructions?: string): void {
    const response = { metadata: { client_event_id: id }, instructions };
    this.emit('openai_client_event_queued', { type: 'response.create', event_id: id, response });
  }

  receive(event: Record<string, unknown>): void {
    this.emit('openai_server_event_received', event);
  }

  /** The model begins a response: to what was asked under that id, or to a turn. */
  begin(asked?: string): string {
    const id = `resp_${(this.#responses += 1)}`;
    const metadata = asked === undefined ? null : { client_event_id: asked };
    this.receive({ type: 'response.created', response: { id, metadata } });
    return id;
  }

  end(id: string, status: string, output: unknown[] = []): void {
    this.receive({ type: 'response.done', response: { id, status, output } });
  }

  refuse(id: string, code: string): void {
    this.receive({ type: 'error', error: { event_id: id, code } });
  }
}

const SAID = [{ type: 'message' }];

describe('who is owed an answer', () => {
  let session: Session;
  const givenUp = vi.fn<(error: Error) => void>();
  let answers: OwedAnswers;
  const renew = vi.fn<() => void>();

  beforeEach(() => {
    vi.useFakeTimers();
    givenUp.mockClear();
    renew.mockClear();
    session = new Session();
    answers = oweAnswers(session as unknown as Parameters<typeof oweAnswers>[0], {
      renew,
      onGivenUp: givenUp,
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);
  const instructions = () => session.again.map(({ response }) => response.instructions);
  const lastAsked = () => session.again.at(-1)?.event_id ?? '';

  it('gets it once where all is well', async () => {
    session.ask('one', 'greet');
    session.end(session.begin('one'), 'completed', SAID);
    session.end(session.begin(), 'completed', SAID);
    await seconds(60);
    expect(session.again).toEqual([]);
  });

  it.each([
    ['failed', 'failed'],
    ['came empty', 'completed'],
    ['was cut', 'incomplete'],
  ])('is answered again, with the same words, when the answer %s', async (_, status) => {
    session.ask('one', 'greet');
    session.end(session.begin('one'), status, status === 'incomplete' ? SAID : []);
    await seconds(1);
    expect(instructions()).toEqual(['greet']);
    session.end(session.begin(lastAsked()), 'completed', SAID);
    await seconds(60);
    expect(session.again).toHaveLength(1);
  });

  it('is answered when the model answered a turn by itself, with nothing', async () => {
    session.end(session.begin(), 'completed');
    await seconds(1);
    expect(instructions()).toEqual([undefined]);
  });

  it('is answered after the response that was in the way', async () => {
    const inTheWay = session.begin();
    session.ask('one', 'greet');
    session.refuse('one', 'conversation_already_has_active_response');
    await seconds(5);
    expect(session.again).toEqual([]);
    session.end(inTheWay, 'completed', SAID);
    await seconds(1);
    expect(instructions()).toEqual(['greet']);
  });

  it('has been answered by any words that began later, where there were none to be said', async () => {
    const inTheWay = session.begin();
    session.ask('one');
    session.refuse('one', 'conversation_already_has_active_response');
    const later = session.begin();
    session.end(inTheWay, 'cancelled');
    session.end(later, 'completed', SAID);
    await seconds(60);
    expect(session.again).toEqual([]);
  });

  it('has not been answered by words that began before: they know nothing of the result', async () => {
    const inTheWay = session.begin();
    await seconds(0.1);
    session.ask('one');
    session.refuse('one', 'conversation_already_has_active_response');
    session.end(inTheWay, 'completed', SAID);
    await seconds(1);
    expect(instructions()).toEqual([undefined]);
  });

  it('is not spoken over: who speaks is answered first, and that is enough', async () => {
    session.receive({ type: 'input_audio_buffer.speech_started' });
    answers.owe();
    await seconds(5);
    expect(session.again).toEqual([]);
    session.receive({ type: 'input_audio_buffer.committed', item_id: 'a' });
    session.end(session.begin(), 'completed', SAID);
    await seconds(60);
    expect(session.again).toEqual([]);
  });

  it('is not answered when they speak themselves: their next words are', async () => {
    session.ask('one', 'greet');
    const greeting = session.begin('one');
    session.receive({ type: 'input_audio_buffer.speech_started' });
    session.end(greeting, 'cancelled', SAID);
    session.end(session.begin(), 'failed');
    session.receive({ type: 'input_audio_buffer.speech_started' });
    await seconds(60);
    expect(session.again).toEqual([]);
  });

  it('is answered when the connection broke on the way', async () => {
    session.begin();
    session.ask('one', 'greet');
    session.emit('session_reconnected');
    await seconds(1);
    expect(instructions()).toEqual(['greet']);
    session.end(session.begin(lastAsked()), 'completed', SAID);
    await seconds(60);
    expect(session.again).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    ['to a question', () => session.ask('one')],
    ['to a turn', () => session.receive({ type: 'input_audio_buffer.committed', item_id: 'a' })],
    ['after an answer has begun', () => session.begin()],
    [
      'in the middle of an answer',
      () => {
        const id = session.begin();
        session.receive({ type: 'response.output_item.added', response_id: id });
      },
    ],
  ])('is answered on another connection when the model is silent for 8 s %s', async (_, begin) => {
    begin();
    await seconds(7.9);
    expect(renew).not.toHaveBeenCalled();
    await seconds(0.2);
    expect(renew).toHaveBeenCalledTimes(1);
    session.emit('session_reconnected');
    await seconds(1);
    expect(session.again).toHaveLength(1);
    session.end(session.begin(lastAsked()), 'completed', SAID);
    await seconds(60);
    expect(session.again).toHaveLength(1);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('is not asked for anew while an answer goes on, however long it is', async () => {
    const id = session.begin();
    for (let delta = 0; delta < 10; delta += 1) {
      await seconds(4);
      session.receive({ type: 'response.output_audio.delta', response_id: id });
    }
    session.end(id, 'completed', SAID);
    await seconds(60);
    expect(renew).not.toHaveBeenCalled();
    expect(session.again).toEqual([]);
  });

  it('is in a call that cannot go on when the model stays silent', async () => {
    session.ask('one', 'greet');
    await seconds(8);
    session.emit('session_reconnected');
    await seconds(9);
    expect(givenUp).toHaveBeenCalledTimes(1);
  });

  it('waits for the tool that was called, also where its response was lost', async () => {
    const id = session.begin();
    const item = { type: 'function_call', name: 'schedule_appointment' };
    session.receive({ type: 'response.output_item.added', response_id: id, item });
    session.receive({ type: 'response.output_item.done', response_id: id, item });
    session.emit('session_reconnected');
    await seconds(60);
    expect(session.again).toEqual([]);
  });

  it('is said something when the model has nothing to say, again and again', async () => {
    session.end(session.begin(), 'completed');
    for (let round = 0; round < 10; round += 1) {
      await seconds(5);
      if (session.again.length > round) session.end(session.begin(lastAsked()), 'completed');
    }
    expect(instructions()).toEqual([undefined, undefined, expect.stringContaining('sorry')]);
    expect(givenUp).not.toHaveBeenCalled();
  });

  it('is asked for more slowly where too much was asked for', async () => {
    const error = { code: 'rate_limit_exceeded' };
    const response = { id: session.begin(), status: 'failed', status_details: { error } };
    session.receive({ type: 'response.done', response });
    await seconds(0.9);
    expect(session.again).toEqual([]);
    await seconds(0.2);
    expect(session.again).toHaveLength(1);
  });

  it.each<[string, (error: object) => void]>([
    ['an error', (error) => session.receive({ type: 'error', error })],
    [
      'a failed response',
      (error) =>
        session.receive({
          type: 'response.done',
          response: { id: session.begin(), status: 'failed', status_details: { error } },
        }),
    ],
  ])('is in a call that cannot go on after %s that is final', async (_, fail) => {
    fail({ type: 'insufficient_quota', code: 'insufficient_quota', message: 'No credit.' });
    await seconds(60);
    expect(givenUp).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining('OPENAI_API_KEY') }),
    );
    expect(session.again).toEqual([]);
  });

  it('is in a call that cannot go on when the model fails four times in a row', async () => {
    session.end(session.begin(), 'failed');
    for (let round = 0; round < 3; round += 1) {
      await seconds(5);
      session.refuse(lastAsked(), 'server_error');
    }
    expect(session.again).toHaveLength(3);
    expect(givenUp).toHaveBeenCalledTimes(1);
  });
});
