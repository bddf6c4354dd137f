import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

import { createTokenServer, TokenServerError } from '../../web/token-server.ts';

const agent = {
  slug: 'front-desk',
  name: 'Front desk',
  business_name: 'Harbor Street Clinic',
  language: 'en',
  rehearsal: true,
};

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

interface Asked {
  method: string | undefined;
  url: string | undefined;
  body: string;
}

async function answering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ baseUrl: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  server = createServer((request, response) => {
    let sent = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (sent += chunk));
    request.on('end', () => {
      asked.push({ method: request.method, url: request.url, body: sent });
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function refusal(promise: Promise<unknown>): Promise<TokenServerError> {
  const error: unknown = await promise.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TokenServerError);
  return error as TokenServerError;
}

describe('createTokenServer', () => {
  it('reads the agent that answers under a slug', async () => {
    const { baseUrl, asked } = await answering(200, JSON.stringify(agent));
    expect(await createTokenServer({ baseUrl }).loadAgent('front-desk')).toEqual({
      slug: 'front-desk',
      name: 'Front desk',
      businessName: 'Harbor Street Clinic',
      language: 'en',
      rehearsal: true,
    });
    expect(asked[0]).toMatchObject({ method: 'GET', url: '/api/agents/front-desk' });
  });

  it('keeps a slug from leaving its place in the path', async () => {
    const { baseUrl, asked } = await answering(200, JSON.stringify(agent));
    await createTokenServer({ baseUrl }).loadAgent('../token');
    expect(asked[0]?.url).toBe('/api/agents/..%2Ftoken');
  });

  it('asks for a call with the agent and the zone of the visitor', async () => {
    const { baseUrl, asked } = await answering(
      201,
      JSON.stringify({
        server_url: 'ws://127.0.0.1:7880',
        participant_token: 'signed',
        room_name: 'room',
        agent,
      }),
    );
    const ticket = await createTokenServer({ baseUrl }).requestCall({
      agent: 'front-desk',
      timeZone: 'Europe/Vienna',
    });
    expect(ticket).toMatchObject({
      serverUrl: 'ws://127.0.0.1:7880',
      participantToken: 'signed',
      agent: { businessName: 'Harbor Street Clinic' },
    });
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/token' });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      agent: 'front-desk',
      time_zone: 'Europe/Vienna',
    });
  });

  it('hands on what the server refused and how long to wait', async () => {
    const { baseUrl } = await answering(
      429,
      JSON.stringify({ error: { code: 'too_many_requests', message: 'Too many.' } }),
      { 'retry-after': '17' },
    );
    const error = await refusal(createTokenServer({ baseUrl }).loadAgent('front-desk'));
    expect(error).toMatchObject({ status: 429, code: 'too_many_requests', retryAfterSeconds: 17 });
  });

  it('takes a proxy page in place of JSON for a refusal', async () => {
    const { baseUrl } = await answering(502, '<html>Bad gateway</html>');
    const error = await refusal(createTokenServer({ baseUrl }).loadAgent('front-desk'));
    expect(error).toMatchObject({ status: 502, code: 'unknown', retryAfterSeconds: null });
  });

  it('takes an answer of another shape for a refusal', async () => {
    const { baseUrl } = await answering(200, JSON.stringify({ slug: 'front-desk' }));
    const error = await refusal(createTokenServer({ baseUrl }).loadAgent('front-desk'));
    expect(error.code).toBe('unexpected_answer');
  });

  it('says that no answer came', async () => {
    const { baseUrl } = await answering(200, '');
    await new Promise((resolve) => server?.close(resolve));
    const error = await refusal(createTokenServer({ baseUrl }).loadAgent('front-desk'));
    expect(error).toMatchObject({ status: 0, code: 'unreachable' });
  });
});
