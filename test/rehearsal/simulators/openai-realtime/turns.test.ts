import { afterEach, describe, expect, it } from 'vitest';
import { encodeALaw, encodeMuLaw } from '../../../../runtime/g711.ts';
import { RealtimeClient, startServer, userMessage, type RunningServer } from './realtime-client.ts';
import { createTestMind, silence, tone } from './test-mind.ts';

let server: RunningServer;
afterEach(async () => await server.close());

async function connect(
  turn_detection: object | null = { type: 'server_vad' },
  options: Parameters<typeof startServer>[0] = {},
): Promise<RealtimeClient> {
  server = await startServer(options);
  const client = await RealtimeClient.connect(server.baseUrl);
  client.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      audio: { input: { turn_detection, transcription: { model: 'gpt-4o-mini-transcribe' } } },
    },
  });
  await client.next('session.updated');
  return client;
}

const hello = tone(400, 600, 24_000);
const unfinished = tone(900, 600, 24_000);
const COMPLETED = 'conversation.item.input_audio_transcription.completed';

describe('server_vad', () => {
  it('finds the turn, transcribes it and replies', async () => {
    const client = await connect();
    client.sendAudio(silence(500), hello, silence(600));
    const started = await client.next('input_audio_buffer.speech_started');
    const stopped = await client.next('input_audio_buffer.speech_stopped');
    const committed = await client.next('input_audio_buffer.committed');
    const { item } = await client.next('conversation.item.added');
    const completed = await client.next(COMPLETED);
    const { response } = await client.next('response.done');
    expect(started['audio_start_ms']).toBeGreaterThanOrEqual(140);
    expect(started['audio_start_ms']).toBeLessThanOrEqual(240);
    expect(stopped['audio_end_ms']).toBeGreaterThanOrEqual(1570);
    expect(stopped['audio_end_ms']).toBeLessThanOrEqual(1690);
    expect(
      new Set([started, stopped, committed, completed].map((e) => e['item_id'])),
    ).toStrictEqual(new Set([item.id]));
    expect(item).toMatchObject({
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    });
    expect(completed).toMatchObject({ transcript: 'hello there', content_index: 0 });
    expect(response.output[0].content[0].transcript).toBe('You said: hello there.');
  });

  it('hears audio that came before the speech detector was open', async () => {
    const detector = Promise.withResolvers<void>();
    const client = await connect(
      { type: 'server_vad' },
      { mind: createTestMind({ detectorOpen: detector.promise }) },
    );
    client.sendAudio(silence(300), hello, silence(600));
    client.send({ type: 'response.create', response: { instructions: 'Say "Welcome."' } });
    await client.next('response.done');
    detector.resolve();
    expect((await client.next(COMPLETED))['transcript']).toBe('hello there');
  });

  it('answers a line on which somebody speaks without end, after a minute', async () => {
    const client = await connect();
    client.sendAudio(silence(300), tone(400, 70_000, 24_000));
    const started = await client.next('input_audio_buffer.speech_started');
    const stopped = await client.next('input_audio_buffer.speech_stopped');
    expect(Number(stopped['audio_end_ms']) - Number(started['audio_start_ms'])).toBeLessThan(
      61_000,
    );
    expect((await client.next(COMPLETED))['transcript']).toBe('hello there');
    await client.next('response.created');
  });

  it('lets the mind answer a turn nobody could understand', async () => {
    const client = await connect();
    client.sendAudio(tone(1500, 600, 24_000), silence(600));
    expect((await client.next(COMPLETED))['transcript']).toBe('');
    const { response } = await client.next('response.done');
    expect(response.output[0].content[0].transcript).toBe('Sorry, I did not get that.');
  });

  it('tells that transcription failed and replies all the same', async () => {
    const client = await connect(
      { type: 'server_vad' },
      { mind: createTestMind({ failingEars: true }) },
    );
    client.sendAudio(hello, silence(600));
    const { error } = await client.next('conversation.item.input_audio_transcription.failed');
    expect(error).toMatchObject({ type: 'transcription_error' });
    await client.next('response.done');
  });

  it('cancels what is being said when the caller begins to speak', async () => {
    const client = await connect({ type: 'server_vad' }, { speechPace: 1 });
    client.send(userMessage('a long story that takes quite a while to tell'));
    client.send({ type: 'response.create' });
    await client.next('response.output_audio.delta');
    client.sendAudio(hello, silence(600));
    await client.next('input_audio_buffer.speech_started');
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
    });
    await client.next('response.created');
  });

  it('lets the response end and replies after it without interrupt_response', async () => {
    const client = await connect(
      { type: 'server_vad', interrupt_response: false },
      { speechPace: 4 },
    );
    client.send(userMessage('a story'));
    client.send({ type: 'response.create' });
    await client.next('response.output_audio.delta');
    client.sendAudio(hello, silence(600));
    const first = (await client.next('response.done'))['response'];
    const second = (await client.next('response.done'))['response'];
    expect(first).toMatchObject({ status: 'completed' });
    expect(second.output[0].content[0].transcript).toBe('You said: hello there.');
  });

  it('does not reply without create_response', async () => {
    const client = await connect({ type: 'server_vad', create_response: false });
    client.sendAudio(hello, silence(600));
    await client.next(COMPLETED);
    client.send({ type: 'response.cancel' });
    await client.next('error');
    expect(client.types()).not.toContain('response.created');
  });

  it('takes a turn the client commits and waits to be asked for a reply', async () => {
    const client = await connect();
    client.sendAudio(hello);
    client.send({ type: 'input_audio_buffer.commit' });
    const started = await client.next('input_audio_buffer.speech_started');
    const { item_id, transcript } = await client.next(COMPLETED);
    expect({ item_id, transcript }).toStrictEqual({
      item_id: started['item_id'],
      transcript: 'hello there',
    });
    client.send({ type: 'response.cancel' });
    await client.next('error');
    expect(client.types()).not.toContain('input_audio_buffer.speech_stopped');
    expect(client.types()).not.toContain('response.created');
  });

  it('wants louder audio with a higher threshold', async () => {
    const client = await connect({ type: 'server_vad', threshold: 1 });
    client.sendAudio(
      hello.map((sample) => sample / 4),
      silence(600),
      hello,
      silence(600),
    );
    const started = await client.next('input_audio_buffer.speech_started');
    expect(started['audio_start_ms']).toBeGreaterThan(800);
  });

  it('prompts a caller who has been silent for idle_timeout_ms after the last words', async () => {
    const client = await connect({ type: 'server_vad', idle_timeout_ms: 30 });
    client.send(userMessage('hi'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    const timeout = await client.next('input_audio_buffer.timeout_triggered');
    const committed = await client.next('input_audio_buffer.committed');
    const { response } = await client.next('response.done');
    expect(committed['item_id']).toBe(timeout['item_id']);
    expect(response.output[0].content[0].transcript).toBe('Sorry, I did not get that.');
  });

  it.each([
    ['audio/pcmu', encodeMuLaw],
    ['audio/pcma', encodeALaw],
  ])('hears %s', async (type, encode) => {
    const client = await connect();
    client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { format: { type } } } },
    });
    for (const samples of [tone(400, 600, 8000), silence(700, 8000)]) {
      const audio = Buffer.from(encode(samples)).toString('base64');
      client.send({ type: 'input_audio_buffer.append', audio });
    }
    expect((await client.next(COMPLETED))['transcript']).toBe('hello there');
  });
});

describe('semantic_vad', () => {
  it('waits longer when the sentence is not finished, and hears the whole of it', async () => {
    const client = await connect({ type: 'semantic_vad', eagerness: 'high' });
    client.sendAudio(unfinished, silence(700), hello, hello, hello, silence(600));
    const { transcript, item_id } = await client.next(COMPLETED);
    expect(transcript).toBe('hello there');
    expect(
      client.events.filter((e) => e.type === 'input_audio_buffer.speech_started'),
    ).toHaveLength(1);
    client.send({ type: 'conversation.item.retrieve', item_id });
    const { item } = await client.next('conversation.item.retrieved');
    const milliseconds = Buffer.from(item.content[0].audio, 'base64').length / 48;
    expect(milliseconds).toBeGreaterThan(3000);
  });

  it('ends an unfinished sentence at the latest', async () => {
    const client = await connect({ type: 'semantic_vad', eagerness: 'high' });
    client.sendAudio(unfinished, silence(1200));
    const { audio_end_ms } = await client.next('input_audio_buffer.speech_stopped');
    expect(audio_end_ms).toBeGreaterThan(1500);
    expect((await client.next(COMPLETED))['transcript']).toBe('i would like to');
  });

  it('keeps the caller waiting longer the less eager it is', async () => {
    const client = await connect({ type: 'semantic_vad', eagerness: 'low' });
    client.sendAudio(hello, silence(1200));
    const { audio_end_ms } = await client.next('input_audio_buffer.speech_stopped');
    expect(audio_end_ms).toBeGreaterThan(1350);
  });
});

describe('without turn detection', () => {
  it('takes the audio that is committed and replies only when asked', async () => {
    const client = await connect(null);
    client.sendAudio(hello);
    client.send({ type: 'input_audio_buffer.commit' });
    const committed = await client.next('input_audio_buffer.committed');
    expect((await client.next(COMPLETED))['transcript']).toBe('hello there');
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output[0].content[0].transcript).toBe('You said: hello there.');
    client.send({ type: 'conversation.item.retrieve', item_id: committed['item_id'] });
    const { item } = await client.next('conversation.item.retrieved');
    expect(Buffer.from(item.content[0].audio, 'base64')).toHaveLength(600 * 48);
    expect(client.types()).not.toContain('input_audio_buffer.speech_started');
  });

  it('refuses to commit less than 100 ms, and what was cleared', async () => {
    const client = await connect(null);
    client.sendAudio(tone(400, 50, 24_000));
    const short = await client.refused({ type: 'input_audio_buffer.commit' });
    expect(short).toMatchObject({ code: 'input_audio_buffer_commit_empty' });
    expect(short['message']).toContain('50.00ms');
    client.sendAudio(hello);
    client.send({ type: 'input_audio_buffer.clear' });
    await client.next('input_audio_buffer.cleared');
    const empty = await client.refused({ type: 'input_audio_buffer.commit' });
    expect(empty['message']).toContain('0.00ms');
  });

  it('hears a recording that comes as an item', async () => {
    const client = await connect(null);
    const audio = Buffer.from(hello.buffer).toString('base64');
    client.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_audio', audio }] },
    });
    const { item } = await client.next('conversation.item.added');
    expect(item.content).toStrictEqual([{ type: 'input_audio', transcript: null }]);
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output[0].content[0].transcript).toBe('You said: hello there.');
  });

  it('refuses audio that is not base64', async () => {
    const client = await connect(null);
    const error = await client.refused({ type: 'input_audio_buffer.append', audio: '***' });
    expect(error).toMatchObject({ code: 'invalid_value', param: 'audio' });
  });
});

describe('several sessions at once', () => {
  it('keeps their conversations apart', async () => {
    const first = await connect();
    const others = await Promise.all(
      Array.from({ length: 9 }, async () => await RealtimeClient.connect(server.baseUrl)),
    );
    for (const [index, client] of others.entries()) {
      client.send(userMessage(`caller ${index}`));
      client.send({ type: 'response.create' });
    }
    first.sendAudio(hello, silence(600));
    const said = await Promise.all(
      others.map(async (client) => {
        const { response } = await client.next('response.done');
        return response.output[0].content[0].transcript as string;
      }),
    );
    expect(said).toStrictEqual(others.map((_, index) => `You said: caller ${index}.`));
    const { response } = await first.next('response.done');
    expect(response.output[0].content[0].transcript).toBe('You said: hello there.');
  });
});
