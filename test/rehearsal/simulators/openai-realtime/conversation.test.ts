import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RealtimeClient, startServer, userMessage, type RunningServer } from './realtime-client.ts';

let server: RunningServer;
let client: RealtimeClient;
beforeEach(async () => {
  server = await startServer();
  client = await RealtimeClient.connect(server.baseUrl);
});
afterEach(async () => await server.close());

describe('conversation items', () => {
  it('adds items in order and tells the predecessor of each', async () => {
    client.send(userMessage('one', { id: 'item_1' }));
    client.send(userMessage('three', { id: 'item_3' }));
    client.send({ ...userMessage('two', { id: 'item_2' }), previous_item_id: 'item_1' });
    client.send({ ...userMessage('zero', { id: 'item_0' }), previous_item_id: 'root' });
    const added = [];
    for (let count = 0; count < 4; count += 1) {
      const { item, previous_item_id } = await client.next('conversation.item.added');
      await client.next('conversation.item.done');
      added.push([item.id, previous_item_id]);
    }
    expect(added).toStrictEqual([
      ['item_1', null],
      ['item_3', 'item_1'],
      ['item_2', 'item_1'],
      ['item_0', null],
    ]);
  });

  it('retrieves and deletes an item', async () => {
    client.send(userMessage('one', { id: 'item_1' }));
    client.send({ type: 'conversation.item.retrieve', item_id: 'item_1' });
    const { item } = await client.next('conversation.item.retrieved');
    expect(item).toStrictEqual({
      id: 'item_1',
      object: 'realtime.item',
      status: 'completed',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'one' }],
    });
    client.send({ type: 'conversation.item.delete', item_id: 'item_1' });
    expect(await client.next('conversation.item.deleted')).toMatchObject({ item_id: 'item_1' });
    expect(
      await client.refused({ type: 'conversation.item.retrieve', item_id: 'item_1' }),
    ).toMatchObject({ code: 'item_retrieve_invalid_item_id' });
  });

  it.each([
    [{ type: 'conversation.item.delete', item_id: 'no' }, 'item_delete_invalid_item_id', 'item_id'],
    [
      { type: 'conversation.item.truncate', item_id: 'no', content_index: 0, audio_end_ms: 1 },
      'item_truncate_invalid_item_id',
      'item_id',
    ],
    [
      { type: 'conversation.item.truncate', item_id: 'no', content_index: 0, audio_end_ms: null },
      'invalid_type',
      'audio_end_ms',
    ],
    [
      { ...userMessage('late'), previous_item_id: 'no' },
      'item_create_invalid_previous_item_id',
      'previous_item_id',
    ],
    [
      {
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: 'no', output: '1' },
      },
      'invalid_tool_call_id',
      'item.call_id',
    ],
    [
      {
        type: 'conversation.item.create',
        item: { type: 'message', role: 'assistant', content: [{ type: 'output_audio' }] },
      },
      'invalid_value',
      'item.content[0].type',
    ],
    [{ type: 'conversation.item.create', item: { type: 'poem' } }, 'invalid_value', 'item.type'],
  ])('refuses %j', async (event, code, param) => {
    expect(await client.refused({ ...event, event_id: 'mine' })).toMatchObject({
      code,
      param,
      event_id: 'mine',
    });
  });

  it('refuses a second item of the same id', async () => {
    client.send(userMessage('one', { id: 'item_1' }));
    expect(await client.refused(userMessage('two', { id: 'item_1' }))).toMatchObject({
      code: 'item_create_duplicate_item_id',
    });
  });

  it('cuts spoken audio to what was played and forgets its transcript', async () => {
    client.send(userMessage('one two three four'));
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    const [item] = response.output;
    const truncate = (audio_end_ms: number): object => ({
      type: 'conversation.item.truncate',
      item_id: item.id,
      content_index: 0,
      audio_end_ms,
    });
    const error = await client.refused(truncate(60_000));
    expect(error).toMatchObject({ code: 'invalid_value', param: 'audio_end_ms' });
    expect(error['message']).toMatch(/^Audio content of \d+ms is already shorter than 60000ms$/);

    client.send(truncate(100));
    expect(await client.next('conversation.item.truncated')).toMatchObject({
      item_id: item.id,
      content_index: 0,
      audio_end_ms: 100,
    });
    client.send({ type: 'conversation.item.retrieve', item_id: item.id });
    const retrieved = (await client.next('conversation.item.retrieved'))['item'];
    expect(retrieved.content[0].transcript).toBeUndefined();
    expect(Buffer.from(retrieved.content[0].audio, 'base64')).toHaveLength(4800);
  });
});
