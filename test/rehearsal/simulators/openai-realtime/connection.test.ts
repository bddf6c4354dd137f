import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RealtimeClient, startServer, userMessage, type RunningServer } from './realtime-client.ts';
import { createTestMind, silence } from './test-mind.ts';

let server: RunningServer;
afterEach(async () => await server.close());

describe('connection', () => {
  it('refuses a wrong key with 401 and the error body of the real service', async () => {
    server = await startServer();
    const socket = new WebSocket(`${server.baseUrl.replace('http', 'ws')}/realtime?model=m`, {
      headers: { authorization: 'Bearer wrong' },
    });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    const body = (await response.toArray()).join('');
    expect(response.statusCode).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'invalid_api_key' } });
  });

  it('answers 404 to any other path and 200 to the health check', async () => {
    server = await startServer();
    const health = await fetch(new URL('/healthz', server.baseUrl));
    const other = await fetch(new URL('/v1/nothing', server.baseUrl), {
      headers: { authorization: 'Bearer test-key' },
    });
    expect([health.status, other.status]).toStrictEqual([200, 404]);
  });

  it('refuses a connection without a model', async () => {
    server = await startServer();
    const client = await RealtimeClient.connect(server.baseUrl, '');
    const { error } = await client.next('error');
    expect(error).toMatchObject({ code: 'missing_model', param: 'model' });
    expect(await client.closed).toBe(4000);
  });

  it('says the defaults of the session at once', async () => {
    server = await startServer();
    const client = await RealtimeClient.connect(server.baseUrl);
    const { session, event_id } = await client.next('session.created');
    expect(event_id).toMatch(/^event_/);
    expect(session).toMatchObject({
      type: 'realtime',
      object: 'realtime.session',
      model: 'gpt-realtime',
      output_modalities: ['audio'],
      audio: { input: { turn_detection: { type: 'server_vad', interrupt_response: true } } },
    });
  });

  it('ends a session at its greatest duration', async () => {
    server = await startServer({ sessionDuration: 20 });
    const client = await RealtimeClient.connect(server.baseUrl);
    const { error } = await client.next('error');
    expect(error).toMatchObject({ code: 'session_expired' });
    expect(await client.closed).toBe(1001);
  });

  it('keeps the other sessions when the mind of one fails', async () => {
    const { dialogue } = createTestMind();
    server = await startServer({
      mind: createTestMind({
        reply: (conversation) => {
          if (conversation.instructions === 'fail') throw new Error('no thought');
          return dialogue.reply(conversation);
        },
      }),
    });
    const [bad, good] = [
      await RealtimeClient.connect(server.baseUrl),
      await RealtimeClient.connect(server.baseUrl),
    ];
    bad.send({ type: 'session.update', session: { type: 'realtime', instructions: 'fail' } });
    bad.send({ type: 'response.create' });
    const failed = (await bad.next('response.done'))['response'];
    good.send(userMessage('hello'));
    good.send({ type: 'response.create' });
    const done = (await good.next('response.done'))['response'];
    expect(failed).toMatchObject({ status: 'failed', status_details: { type: 'failed' } });
    expect(done).toMatchObject({ status: 'completed' });
  });

  it('closes a session whose speech detector cannot be opened', async () => {
    const mind = createTestMind();
    server = await startServer({
      mind: {
        ...mind,
        openSpeechDetector: async () => await Promise.reject(new Error('no detector')),
      },
    });
    const client = await RealtimeClient.connect(server.baseUrl);
    client.sendAudio(silence(100));
    expect(await client.closed).toBe(1011);
  });

  it('ends every session when it stops', async () => {
    server = await startServer();
    const client = await RealtimeClient.connect(server.baseUrl);
    await client.next('session.created');
    await server.close();
    expect(await client.closed).toBe(1001);
    server = await startServer();
  });
});
