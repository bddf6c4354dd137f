import type { OfferedFunction, PlatformSetup, SetupWish } from '../platform.ts';
import {
  bringUpToDate,
  greetingFor,
  promptFor,
  textAt,
  toJsonSchema,
  toolsAddress,
} from '../setup.ts';

/** Those that say something to us; the rest only costs. */
const SERVER_MESSAGES = [
  'tool-calls',
  'status-update',
  'end-of-call-report',
  'transfer-destination-request',
];

/**
 * Tools and assistant at Vapi, by the OpenAPI of its docs of August 2026. A tool that is there keeps what
 * else was set of it; of an assistant its tools, its server and what it tells us are ours, the rest is
 * its owner's once it is made.
 */
export const VAPI_SETUP: PlatformSetup = {
  keyVariable: 'VAPI_API_KEY',
  apiUrl: 'https://api.vapi.ai',
  keyHeader: (key) => ({ Authorization: `Bearer ${key}` }),
  describe: (wish) => ({
    tools: wish.functions.map((one) => ({ type: 'function', ...toolOf(one, wish) })),
    assistant: assistantOf(
      wish,
      wish.functions.map(({ name }) => `<id of ${name}>`),
    ),
  }),
  async apply(api, wish, write) {
    const present = asList(await api('GET', '/tool?limit=1000'));
    const url = toolsAddress(wish, 'vapi');
    const steps = [];
    for (const one of wish.functions) {
      const found = present.find(
        (tool) =>
          textAt(tool, 'function', 'name') === one.name && textAt(tool, 'server', 'url') === url,
      );
      const id = textAt(found, 'id');
      const tool = toolOf(one, wish);
      steps.push(
        await bringUpToDate(api, {
          what: `tool ${one.name}`,
          present: id === null ? undefined : { id, value: found },
          wanted: withoutSecret(tool),
          make: { path: '/tool', body: { type: 'function', ...tool }, idOf: idOfAnswer },
          update: { path: (known) => `/tool/${known}`, body: tool },
          always: wish.isSecretNew,
          write,
        }),
      );
    }
    const toolIds = steps.flatMap(({ id }) => id ?? []);
    const { assistantId } = wish;
    const known = assistantId === null ? undefined : await api('GET', `/assistant/${assistantId}`);
    const wanted = ownPart(wish, toolIds, known);
    const step = await bringUpToDate(api, {
      what: 'assistant',
      present: assistantId === null ? undefined : { id: assistantId, value: known },
      wanted: withoutSecret(wanted),
      make: { path: '/assistant', body: assistantOf(wish, toolIds), idOf: idOfAnswer },
      update: { path: (id) => `/assistant/${id}`, body: wanted },
      always: wish.isSecretNew,
      write,
    });
    return { steps: [...steps, step], assistantId: step.id };
  },
};

interface VapiServer {
  url: string;
  timeoutSeconds: number;
  secret?: string;
  credentialId?: string;
}

function toolOf(one: OfferedFunction, wish: SetupWish) {
  return {
    async: false,
    function: {
      name: one.name,
      description: one.description,
      parameters: toJsonSchema(one),
    },
    messages: [
      {
        type: 'request-response-delayed',
        timingMilliseconds: 4_000,
        content: 'One more moment, please.',
      },
      {
        type: 'request-failed',
        role: 'system',
        content: one.changes
          ? 'No result came: whether it was done is not known. Say that it is not confirmed, and never that something was booked, moved or cancelled.'
          : 'No result came. Say that it did not work, and try once more.',
      },
    ],
    server: serverOf(wish),
  };
}

function serverOf(wish: SetupWish): VapiServer {
  const { credentialId, secret, timeoutSeconds } = wish;
  return {
    url: toolsAddress(wish, 'vapi'),
    timeoutSeconds,
    ...(credentialId === null ? { secret } : { credentialId }),
  };
}

function assistantOf(wish: SetupWish, toolIds: string[]) {
  return {
    name: wish.agent.name.slice(0, 40),
    firstMessageMode: 'assistant-speaks-first',
    firstMessage: greetingFor(wish),
    model: {
      provider: 'openai',
      model: 'gpt-5.6-luna',
      maxTokens: 400,
      messages: [{ role: 'system', content: promptFor(wish) }],
      toolIds,
    },
    serverMessages: SERVER_MESSAGES,
    server: serverOf(wish),
    maxDurationSeconds: 900,
  };
}

/** What is ours of an assistant that is there: its other tools and messages stay. */
function ownPart(wish: SetupWish, toolIds: string[], known: unknown) {
  const { model, serverMessages } = Object(known) as { model?: object; serverMessages?: unknown };
  const { toolIds: others = [] } = Object(model) as { toolIds?: string[] };
  return {
    model: { ...model, toolIds: [...new Set([...others, ...toolIds])] },
    serverMessages: [...new Set([...asList(serverMessages), ...SERVER_MESSAGES])],
    server: serverOf(wish),
  };
}

/** A secret is not answered, so that it cannot be compared. */
function withoutSecret<T extends { server: VapiServer }>(thing: T) {
  const { secret: _, ...server } = thing.server;
  return { ...thing, server };
}

function idOfAnswer(answer: unknown): string | null {
  return textAt(answer, 'id');
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
