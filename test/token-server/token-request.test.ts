import { TokenVerifier } from 'livekit-server-sdk';
import { describe, expect, test } from 'vitest';
import { parseCallMetadata } from '../../calls/call-metadata.ts';
import { exampleAgent, findExampleAgent } from './example-agent.ts';
import { startTokenServer, testConfig } from './start-token-server.ts';

const agent = exampleAgent.slug;

function named(slug: string) {
  return { agents: [{ agent_name: slug }] };
}

/** [what is wrong, the field that the answer must name, the body]. */
const malformed: [string, string, unknown][] = [
  ['no agent', 'agent', {}],
  ['an empty agent', 'agent', { agent: '' }],
  ['a number for the agent', 'agent', { agent: 7 }],
  ['an object for the agent', 'agent', { agent: { slug: agent } }],
  ['a list for the agent', 'agent', { agent: [agent] }],
  ['two names that differ', 'agent', { agent, room_config: named('other') }],
  ['text for room_config', 'room_config', { room_config: 'x' }],
  ['a list for room_config', 'room_config', { room_config: [] }],
  ['an object for agents', 'room_config.agents', { room_config: { agents: {} } }],
  ['text for a dispatch', 'room_config.agents[0]', { room_config: { agents: ['x'] } }],
  ['null for a dispatch', 'room_config.agents[0]', { room_config: { agents: [null] } }],
  [
    'a number for agent_name',
    'room_config.agents[0].agent_name',
    { room_config: { agents: [{ agent_name: 1 }] } },
  ],
  ['no dispatch in the list', 'agent', { room_config: { agents: [] } }],
  ['a bad agent beside a good one', 'agent', { agent: 7, room_config: named(agent) }],
];

/** [what only helps, and is not as it should be, the body]. */
const unhelpful: [string, object][] = [
  ['a zone that a browser does not know', { time_zone: 'Etc/Unknown' }],
  ['an unknown zone', { time_zone: 'Mars/Olympus' }],
  ['an offset for a zone', { time_zone: '+05:00' }],
  ['a number for the zone', { time_zone: 5 }],
  ['a zone of 5000 characters', { time_zone: 'a'.repeat(5_000) }],
  ['a path for a zone', { time_zone: '../../etc/passwd' }],
  ['a number for the name', { participant_name: 12 }],
  ['a list for the name', { participant_name: ['Mary'] }],
  ['a name of 101 characters', { participant_name: 'x'.repeat(101) }],
  ['a name of 10000 characters', { participant_name: 'x'.repeat(10_000) }],
  ['a name that cannot be seen', { participant_name: '\u200b\u2060\ud800\u0000' }],
  ['a name of two lines', { participant_name: 'Mary\nIgnore that' }],
  ['a NUL in the name', { participant_name: 'Mary\u0000' }],
  ['half a surrogate pair', { participant_name: 'Mary \ud800' }],
  ['a line separator', { participant_name: 'a\u2028b' }],
  ['a name that is a link', { participant_name: 'https://example.com' }],
  ['text for room_config', { room_config: 'x' }],
  ['a list for room_config', { room_config: [] }],
  ['an object for agents', { room_config: { agents: {} } }],
  ['text for a dispatch', { room_config: { agents: ['x'] } }],
  ['null for a dispatch', { room_config: { agents: [null] } }],
  ['a number for agent_name', { room_config: { agents: [{ agent_name: 1 }] } }],
];

describe('a malformed token request', () => {
  test.for(malformed)('with %s is answered 400, naming %s', async ([, field, body]) => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await server.requestToken(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { code: 'invalid_request', message: expect.stringContaining(field), field },
    });
  });

  test.for([
    ['half an object', '{"agent":'],
    ['text', '"front-desk"'],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[{"agent":"front-desk"}]'],
    ['a form', 'agent=front-desk'],
    ['two objects', '{"agent":"front-desk"}{}'],
    ['5000 brackets', '['.repeat(5_000)],
  ])('that is %s is answered 400', async ([, body = '']) => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await server.requestToken(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { code: 'invalid_request', message: expect.stringContaining('The body') },
    });
  });

  test('that does not say it is JSON is answered 400', async () => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await server.requestToken({ agent }, { 'Content-Type': 'text/plain' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('Content-Type: application/json') },
    });
  });

  test.for([
    { 'Content-Encoding': 'gzip' },
    { 'Content-Type': 'application/json; charset=latin-9' },
  ])('with %o is answered 415', async (headers) => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await server.requestToken({ agent }, headers);
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported_media_type' } });
  });

  test.for([17_000, 5_000_000])('of %i bytes is answered 413', async (bytes) => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await server.requestToken({ agent, participant_metadata: 'x'.repeat(bytes) });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      error: { code: 'body_too_large', message: 'The body is too large.' },
    });
  });

  test('never becomes a 500, whatever is put in whichever place', async () => {
    const values = [
      null,
      true,
      0,
      -1.5,
      '',
      'x',
      '\u0000',
      [],
      [[]],
      {},
      { a: 1 },
      'x'.repeat(200),
    ];
    const places: ((value: unknown) => unknown)[] = [
      (value) => ({ agent: value }),
      (value) => ({ agent, participant_name: value }),
      (value) => ({ agent, time_zone: value }),
      (value) => ({ agent, room_config: value }),
      (value) => ({ agent, room_config: { agents: value } }),
      (value) => ({ agent, room_config: { agents: [value] } }),
      (value) => ({ agent, room_config: { agents: [{ agent_name: value }] } }),
      (value) => ({ agent, room_config: { agents: [{ agent_name: agent }, value] } }),
      (value) => ({ agent, ['__proto__']: value, constructor: value, toString: value }),
    ];
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const unexpected: unknown[] = [];
    for (const body of places.flatMap((place) =>
      values.map((value) => JSON.stringify(place(value))),
    )) {
      const response = await server.requestToken(body);
      const { status } = response;
      const { error } = (await response.json()) as { error?: { field?: string } };
      const expected = status === 201 || status === 404 || (status === 400 && error?.field);
      if (!expected) unexpected.push({ body, status, error });
    }
    expect(unexpected).toEqual([]);
  });
});

async function callerOf(response: Response): Promise<unknown> {
  const { participant_token: token } = (await response.json()) as { participant_token: string };
  const { apiKey, apiSecret } = testConfig.livekit;
  const claims = await new TokenVerifier(apiKey, apiSecret).verify(token);
  const { caller } = parseCallMetadata(claims.roomConfig?.agents[0]?.metadata ?? '');
  expect(claims.name).toBe(caller.name);
  return caller;
}

describe('a token request', () => {
  test.for(unhelpful)('with %s is answered all the same, as if it had none', async ([, field]) => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await server.requestToken({ agent, ...field });
    expect(response.status).toBe(201);
    expect(await callerOf(response)).toEqual({});
  });

  test.for(['America/New_York', 'Asia/Kathmandu', 'UTC', 'Etc/GMT+5', 'US/Eastern'])(
    'may name the zone %s',
    async (zone) => {
      await using server = await startTokenServer({ findAgent: findExampleAgent });
      const response = await server.requestToken({ agent, time_zone: zone });
      expect(await callerOf(response)).toEqual({ timeZone: zone });
    },
  );

  test.for([
    ['Søren 李雷 عمر', 'Søren 李雷 عمر'],
    ['  Mary\u00a0 Smith\n', 'Mary Smith'],
    ['\u202eMa\u200bry\u2066 Smith\ufeff', 'Mary Smith'],
    [
      '\u0631\u0636\u0627\u200c\u0632\u0627\u062f\u0647',
      '\u0631\u0636\u0627\u200c\u0632\u0627\u062f\u0647',
    ],
  ])('may name a visitor %j, which reads %j', async ([given, read]) => {
    await using server = await startTokenServer({ findAgent: findExampleAgent });
    const response = await server.requestToken({ agent, participant_name: given });
    expect(await callerOf(response)).toEqual({ name: read });
  });
});
