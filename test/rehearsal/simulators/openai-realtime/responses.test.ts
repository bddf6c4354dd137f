import { afterEach, describe, expect, it } from 'vitest';
import { RealtimeClient, startServer, userMessage, type RunningServer } from './realtime-client.ts';

let server: RunningServer;
afterEach(async () => await server.close());

async function connect(options: Parameters<typeof startServer>[0] = {}): Promise<RealtimeClient> {
  server = await startServer(options);
  const client = await RealtimeClient.connect(server.baseUrl);
  await client.next('session.created');
  return client;
}

const LOOK_UP = { type: 'function', name: 'look_up', description: 'Looks up.', parameters: {} };
const textOnly = {
  type: 'session.update',
  session: { type: 'realtime', output_modalities: ['text'] },
};

describe('a spoken response', () => {
  it('sends its events in the order of the real service', async () => {
    const client = await connect();
    client.send(userMessage('hi'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    const types = client.types().slice(client.types().indexOf('response.created'));
    const deltas = new Set([
      'response.output_audio.delta',
      'response.output_audio_transcript.delta',
    ]);
    const firstDelta = types.findIndex((type) => deltas.has(type));
    const lastDelta = types.findLastIndex((type) => deltas.has(type));
    expect(new Set(types.slice(firstDelta, lastDelta + 1))).toStrictEqual(deltas);
    expect(types.filter((type) => !deltas.has(type))).toStrictEqual([
      'response.created',
      'rate_limits.updated',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'response.output_item.done',
      'conversation.item.done',
      'response.done',
    ]);
  });

  it('streams a transcript and audio that agree with what it ends with', async () => {
    const client = await connect();
    client.send(userMessage('hello there my friend'));
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    const deltas = (type: string): string[] =>
      client.events.filter((event) => event.type === type).map((event) => event['delta']);
    const said = 'You said: hello there my friend.';
    const audio = Buffer.concat(
      deltas('response.output_audio.delta').map((delta) => Buffer.from(delta, 'base64')),
    );
    expect(deltas('response.output_audio_transcript.delta').join('')).toBe(said);
    expect(audio).toHaveLength(said.length * 20 * 48);
    expect(response).toMatchObject({
      object: 'realtime.response',
      status: 'completed',
      status_details: null,
      output: [
        {
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_audio', transcript: said }],
        },
      ],
      usage: { output_token_details: { text_tokens: 8, audio_tokens: 13 } },
    });
    expect(response.usage.total_tokens).toBe(
      response.usage.input_tokens + response.usage.output_tokens,
    );
  });

  it.each(['audio/pcmu', 'audio/pcma'])('speaks %s at a byte a sample', async (type) => {
    const client = await connect();
    client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { output: { format: { type } } } },
    });
    client.send(userMessage('hello there my friend'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    const bytes = client.events
      .filter((event) => event.type === 'response.output_audio.delta')
      .reduce((sum, event) => sum + Buffer.from(event['delta'], 'base64').length, 0);
    const milliseconds = 'You said: hello there my friend.'.length * 20;
    expect(Math.abs(bytes / 8 - milliseconds)).toBeLessThan(5);
  });

  it('echoes metadata and takes instructions for this response alone', async () => {
    const client = await connect();
    client.send({
      type: 'response.create',
      response: { instructions: 'Say "Good day."', metadata: { client_event_id: 'mine' } },
    });
    const created = (await client.next('response.created'))['response'];
    expect(created).toMatchObject({ status: 'in_progress', metadata: { client_event_id: 'mine' } });
    const done = (await client.next('response.done'))['response'];
    expect(done.output[0].content[0].transcript).toBe('Good day.');
    client.send({ type: 'response.create' });
    const other = (await client.next('response.done'))['response'];
    expect(other.output[0].content[0].transcript).toBe('You said: Good day..');
  });
});

describe('a written response', () => {
  it('streams text only', async () => {
    const client = await connect();
    client.send(textOnly);
    client.send(userMessage('hi there'));
    client.send({ type: 'response.create' });
    const { part } = await client.next('response.content_part.added');
    const { text } = await client.next('response.output_text.done');
    const { response } = await client.next('response.done');
    expect(part).toStrictEqual({ type: 'text', text: '' });
    expect(text).toBe('You said: hi there.');
    expect(response.output[0].content).toStrictEqual([{ type: 'output_text', text }]);
    expect(client.types()).not.toContain('response.output_audio.delta');
  });
});

describe('function calls', () => {
  it('calls a tool and replies with its result', async () => {
    const client = await connect();
    client.send({ type: 'session.update', session: { type: 'realtime', tools: [LOOK_UP] } });
    client.send(userMessage('please look_up'));
    client.send({ type: 'response.create' });
    const added = await client.next('response.output_item.added');
    const inConversation = await client.next('conversation.item.added');
    const done = await client.next('response.function_call_arguments.done');
    const { item } = await client.next('response.output_item.done');
    expect(added['item']).toMatchObject({ type: 'function_call', name: 'look_up', arguments: '' });
    expect(inConversation['item'].id).toBe(item.id);
    expect(done).toMatchObject({ call_id: item.call_id, name: 'look_up', arguments: '{"n":1}' });
    expect(item).toMatchObject({ status: 'completed', arguments: '{"n":1}' });
    await client.next('response.done');

    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: item.call_id, output: 'two' },
    });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output[0].content[0].transcript).toBe('Result: two');
  });

  it('offers the mind no tool with tool_choice none, and other tools for one response', async () => {
    const client = await connect();
    client.send({ type: 'session.update', session: { type: 'realtime', tools: [LOOK_UP] } });
    client.send(userMessage('please look_up'));
    client.send({ type: 'response.create', response: { tool_choice: 'none' } });
    const without = (await client.next('response.done'))['response'];
    expect(without.output[0].type).toBe('message');
    client.send(userMessage('please find'));
    client.send({ type: 'response.create', response: { tools: [{ ...LOOK_UP, name: 'find' }] } });
    const other = (await client.next('response.done'))['response'];
    expect(other.output[0]).toMatchObject({ type: 'function_call', name: 'find' });
  });
});

describe('one response at a time', () => {
  it('refuses a second one, naming the first, until it is done', async () => {
    const client = await connect({ speechPace: 1 });
    client.send(userMessage('a long story that takes a while'));
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.created');
    const error = await client.refused({ type: 'response.create', event_id: 'second' });
    expect(error).toMatchObject({
      code: 'conversation_already_has_active_response',
      event_id: 'second',
    });
    expect(error['message']).toContain(response.id);
  });

  it('runs a response outside the conversation beside it and leaves no item', async () => {
    const client = await connect({ speechPace: 1 });
    client.send(userMessage('a long story that takes a while', { id: 'item_story' }));
    client.send({ type: 'response.create' });
    await client.next('response.created');
    client.send({
      type: 'response.create',
      response: {
        conversation: 'none',
        output_modalities: ['text'],
        metadata: { topic: 'aside' },
        input: [{ type: 'item_reference', id: 'item_story' }],
      },
    });
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      conversation_id: null,
      metadata: { topic: 'aside' },
      output: [{ content: [{ text: 'You said: a long story that takes a while.' }] }],
    });
    const own = client.events.filter(
      (event) =>
        event.type === 'conversation.item.added' && event['item'].id === response.output[0].id,
    );
    expect(own).toHaveLength(0);
  });

  it('cancels, keeps what was said and is free for the next at once', async () => {
    const client = await connect({ speechPace: 1 });
    client.send(userMessage('a long story that takes quite a while to tell'));
    client.send({ type: 'response.create' });
    await client.next('response.output_audio.delta');
    client.send({ type: 'response.cancel' });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'client_cancelled' },
      output: [{ status: 'incomplete', content: [{ type: 'output_audio' }] }],
    });
    await client.next('response.created');
  });

  it('refuses to cancel when nothing is active', async () => {
    const client = await connect();
    const error = await client.refused({ type: 'response.cancel', event_id: 'c' });
    expect(error).toMatchObject({ code: 'response_cancel_not_active', event_id: 'c' });
    expect(error['message']).toMatch(/^Cancellation failed/);
  });
});
