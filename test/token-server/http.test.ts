import { expect, describe, test } from 'vitest';
import { findExampleAgent } from './example-agent.ts';
import { rawRequest } from './raw-request.ts';
import { startTokenServer } from './start-token-server.ts';

describe('errors', () => {
  test('a fault inside is a 500 that says nothing, and is logged with the request id', async () => {
    const fault = Object.assign(new Error('relation "agents" at 10.0.0.7 is gone'), {
      code: '42P01',
      detail: 'Key (email)=(mary.smith@example.com)',
    });
    await using server = await startTokenServer({ findAgent: () => Promise.reject(fault) });
    const response = await server.requestToken({ agent: 'front-desk' });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: { code: 'internal', message: 'Something went wrong on our side.' },
    });
    const requestId = response.headers.get('x-request-id');
    expect(server.logs()).toContainEqual(
      expect.objectContaining({
        requestId,
        msg: 'request failed',
        err: expect.objectContaining({ code: '42P01', stack: expect.any(String) }),
      }),
    );
    expect(server.logText()).not.toContain('mary.smith@example.com');
  });

  test.for([undefined, null, 'text', 7, {}, []])('a thrown %o is a 500 as well', async (thrown) => {
    await using server = await startTokenServer({ findAgent: () => Promise.reject(thrown) });
    const response = await server.requestToken({ agent: 'front-desk' });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'internal' } });
  });

  test.for([
    ['GET', '/api/token', 405, 'method_not_allowed', 'POST'],
    ['PUT', '/api/token', 405, 'method_not_allowed', 'POST'],
    ['OPTIONS', '/api/token', 405, 'method_not_allowed', 'POST'],
    ['POST', '/api/agents/front-desk', 405, 'method_not_allowed', 'GET'],
    ['GET', '/api', 404, 'not_found', null],
    ['GET', '/api/nothing', 404, 'not_found', null],
    ['GET', '/nothing', 404, 'not_found', null],
    ['POST', '/', 404, 'not_found', null],
    ['GET', '/.env', 404, 'not_found', null],
    ['GET', '/../package.json', 404, 'not_found', null],
    ['GET', '/..%2f..%2fpackage.json', 404, 'not_found', null],
    ['GET', '/assets/..%2f..%2fpackage.json', 404, 'not_found', null],
    ['GET', '/%00', 404, 'not_found', null],
    ['GET', '/%E0%A4%A', 404, 'not_found', null],
    ['GET', '/api/agents/%E0%A4%A', 400, 'invalid_request', null],
  ] as const)(
    '%s %s is answered %i %s in the one shape',
    async ([method, path, status, code, allow]) => {
      await using server = await startTokenServer({ config: { webDir: import.meta.dirname } });
      const answer = await rawRequest(server.url, method, path);
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.body)).toEqual({
        error: { code, message: expect.stringMatching(/^[A-Z].*\.$/) },
      });
      expect(answer.headers['allow'] ?? null).toBe(allow);
    },
  );
});

describe('logs', () => {
  test('carry one line a request by an allow-list, and nothing of the visitor', async () => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await fetch(`${server.url}/api/token?access_token=query-secret`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'visitors-browser',
        Authorization: 'Bearer header-secret',
        Cookie: 'session=cookie-secret',
        Referer: 'https://www.example.com/referer-secret',
        'X-Request-Id': 'id-of-the-visitor',
      },
      body: JSON.stringify({
        agent: 'front-desk',
        participant_name: 'Mary Smith',
        time_zone: 'Asia/Tokyo',
      }),
    });
    const answer = (await response.json()) as { room_name: string; participant_token: string };
    await fetch(`${server.url}/mary.smith@example.com`);
    await server.requestToken({ agent: 'front-desk', participant_name: 'Mary\nSmith' });

    const lines = server.logs().filter((line) => line['msg'] === 'request completed');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toEqual({
      level: 30,
      time: expect.any(Number),
      pid: expect.any(Number),
      part: 'token-server',
      requestId: response.headers.get('x-request-id'),
      method: 'POST',
      route: '/api/token',
      status: 201,
      milliseconds: expect.any(Number),
      agentId: expect.any(String),
      roomName: answer.room_name,
      msg: 'request completed',
    });
    expect(lines[1]).toMatchObject({ route: 'none', status: 404 });
    for (const word of [
      'Mary',
      'mary.smith',
      'Tokyo',
      'secret',
      'visitors-browser',
      'id-of-the-visitor',
      '127.0.0.1',
      answer.participant_token,
    ]) {
      expect(server.logText()).not.toContain(word);
    }
  });

  test('keep the request id of a trusted proxy', async () => {
    await using server = await startTokenServer({ config: { trustProxy: 1 } });
    const known = await fetch(`${server.url}/healthz`, {
      headers: { 'X-Request-Id': 'proxy-id-0001' },
    });
    expect(known.headers.get('x-request-id')).toBe('proxy-id-0001');
    const odd = await fetch(`${server.url}/healthz`, { headers: { 'X-Request-Id': 'a b' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('headers', () => {
  test('let the page load its own files, reach LiveKit and use the microphone, nothing more', async () => {
    await using server = await startTokenServer();
    const { headers } = await fetch(`${server.url}/healthz`);
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '')
        .split(';')
        .map((directive) => directive.split(/ (.*)/s) as [string, string]),
    );
    expect(policy['default-src']).toBe("'self'");
    expect(policy['connect-src']).toBe("'self' wss://calls.example.com https://calls.example.com");
    expect(policy['media-src']).toContain('blob:');
    expect(policy['frame-ancestors']).toBe("'none'");
    expect(policy['object-src']).toBe("'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(headers.get('permissions-policy')).toContain('microphone=(self)');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test.for([
    ['ws://127.0.0.1:7880', "'self' ws://127.0.0.1:7880 http://127.0.0.1:7880"],
    [
      'wss://clinic.livekit.cloud',
      "'self' wss://clinic.livekit.cloud https://clinic.livekit.cloud wss://*.livekit.cloud https://*.livekit.cloud",
    ],
  ])('for LiveKit at %s', async ([publicUrl = '', sources = '']) => {
    await using server = await startTokenServer({
      config: { livekit: { url: publicUrl, publicUrl, apiKey: 'key', apiSecret: 'secret' } },
    });
    const { headers } = await fetch(`${server.url}/healthz`);
    expect(headers.get('content-security-policy')).toContain(`connect-src ${sources};`);
  });
});

describe('other sites', () => {
  const origin = 'https://www.example.com';
  const preflight = {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
  };

  test('are shut out unless they are configured', async () => {
    for (const corsOrigins of [[], ['https://other.example.com']]) {
      await using server = await startTokenServer({
        findAgent: findExampleAgent,
        config: { corsOrigins },
      });
      const asked = await fetch(`${server.url}/api/token`, preflight);
      expect(asked.ok).toBe(false);
      const posted = await server.requestToken({ agent: 'front-desk' }, { Origin: origin });
      for (const { headers } of [asked, posted]) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });

  test('that are configured may ask for tokens and read refusals', async () => {
    await using server = await startTokenServer({
      findAgent: findExampleAgent,
      config: { corsOrigins: [origin] },
    });
    const asked = await fetch(`${server.url}/api/token`, preflight);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-methods')).toContain('POST');
    expect(asked.headers.get('access-control-allow-headers')).toBe('Content-Type');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();

    for (const [agent, status] of [
      ['front-desk', 201],
      ['nobody', 404],
    ] as const) {
      const posted = await server.requestToken({ agent }, { Origin: origin });
      expect(posted.status).toBe(status);
      expect(posted.headers.get('access-control-allow-origin')).toBe(origin);
      expect(posted.headers.get('access-control-expose-headers')).toContain('Retry-After');
      expect(posted.headers.get('vary')).toContain('Origin');
    }
    const page = await fetch(`${server.url}/`, { headers: { Origin: origin } });
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
  });
});
