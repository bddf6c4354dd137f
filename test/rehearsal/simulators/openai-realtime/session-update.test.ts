import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RealtimeClient, startServer, userMessage, type RunningServer } from './realtime-client.ts';

let server: RunningServer;
let client: RealtimeClient;
beforeEach(async () => {
  server = await startServer();
  client = await RealtimeClient.connect(server.baseUrl);
});
afterEach(async () => await server.close());

const update = (session: object, eventId?: string): object => ({
  type: 'session.update',
  session: { type: 'realtime', ...session },
  ...(eventId === undefined ? {} : { event_id: eventId }),
});

describe('session.update', () => {
  it('changes only the fields it names', async () => {
    client.send(update({ instructions: 'Be kind.', audio: { output: { voice: 'cedar' } } }));
    client.send(update({ audio: { input: { turn_detection: { type: 'semantic_vad' } } } }));
    await client.next('session.updated');
    const { session } = await client.next('session.updated');
    expect(session).toMatchObject({
      instructions: 'Be kind.',
      audio: {
        input: {
          format: { type: 'audio/pcm', rate: 24_000 },
          turn_detection: { type: 'semantic_vad', eagerness: 'auto', create_response: true },
        },
        output: { voice: 'cedar', speed: 1 },
      },
    });
  });

  it('turns turn detection off with null', async () => {
    client.send(update({ audio: { input: { turn_detection: null } } }));
    const { session } = await client.next('session.updated');
    expect(session.audio.input.turn_detection).toBeNull();
  });

  it('refuses a parameter it does not know, naming it and the event', async () => {
    const error = await client.refused(update({ input_audio_format: 'pcm16' }, 'event_7'));
    expect(error).toStrictEqual({
      type: 'invalid_request_error',
      code: 'unknown_parameter',
      message: "Unknown parameter: 'session.input_audio_format'.",
      param: 'session.input_audio_format',
      event_id: 'event_7',
    });
  });

  it.each([
    [{ type: 'session.update', session: {} }, 'missing_required_parameter', 'session.type'],
    [{ type: 'session.update' }, 'missing_required_parameter', 'session'],
    [{ type: 'nothing.known' }, 'invalid_value', 'type'],
    [{}, 'missing_required_parameter', 'type'],
    [update({ instructions: 7 }), 'invalid_type', 'session.instructions'],
    [update({ output_modalities: ['video'] }), 'invalid_value', 'session.output_modalities[0]'],
    [
      update({ audio: { output: { voice: 'hal' } } }),
      'invalid_value',
      'session.audio.output.voice',
    ],
    [update({ model: 'gpt-other' }), 'invalid_value', 'session.model'],
    [
      update({ audio: { output: { speed: 3 } } }),
      'integer_above_max_value',
      'session.audio.output.speed',
    ],
    [
      update({ audio: { input: { turn_detection: {} } } }),
      'missing_required_parameter',
      'session.audio.input.turn_detection.type',
    ],
    [
      update({ tools: [{ type: 'function', name: 'a', meta: {} }] }),
      'unknown_parameter',
      'session.tools[0].meta',
    ],
  ])('refuses %j', async (event, code, param) => {
    expect(await client.refused(event)).toMatchObject({ code, param });
  });

  it('refuses text that is not JSON and goes on', async () => {
    client.sendText('{');
    const { error } = await client.next('error');
    expect(error).toMatchObject({ type: 'invalid_request_error', code: 'invalid_json' });
    client.send(update({}));
    await client.next('session.updated');
  });

  it('refuses another voice once audio was spoken, but takes the same one', async () => {
    client.send(userMessage('hello'));
    client.send({ type: 'response.create' });
    await client.next('response.done');
    const error = await client.refused(update({ audio: { output: { voice: 'ash' } } }));
    expect(error).toMatchObject({ code: 'cannot_update_voice', param: null });
    client.send(update({ audio: { output: { voice: 'marin' } } }));
    await client.next('session.updated');
  });

  it('refuses to clear the output buffer, which only WebRTC has', async () => {
    expect(await client.refused({ type: 'output_audio_buffer.clear' })).toMatchObject({
      type: 'invalid_request_error',
    });
  });
});
