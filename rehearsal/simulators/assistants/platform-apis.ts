import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Thing = Record<string, unknown>;

/** A kind of thing that an API keeps, as its documents describe it. */
interface Kind {
  make: string;
  list?: string;
  /** Before the id. */
  read: string;
  update: string;
  /** The field of its id in an answer. */
  idField: string;
  /** What a body may have; anything else is refused. */
  fields: readonly string[];
  /** Must be there when it is made. */
  required: readonly string[];
  /** How a list is answered. */
  wrap?: (things: Thing[]) => unknown;
}

interface Api {
  authorization: (key: string) => [header: string, value: string];
  kinds: readonly Kind[];
}

const VAPI: Api = {
  authorization: (key) => ['authorization', `Bearer ${key}`],
  kinds: [
    {
      make: '/tool',
      list: '/tool',
      read: '/tool/',
      update: '/tool/',
      idField: 'id',
      fields: ['type', 'async', 'function', 'messages', 'server', 'parameters', 'rejectionPlan'],
      required: ['type', 'function'],
    },
    {
      make: '/assistant',
      read: '/assistant/',
      update: '/assistant/',
      idField: 'id',
      fields: [
        'name',
        'firstMessageMode',
        'firstMessage',
        'model',
        'voice',
        'transcriber',
        'serverMessages',
        'server',
        'maxDurationSeconds',
      ],
      required: ['model'],
    },
  ],
};
const RETELL: Api = {
  authorization: (key) => ['authorization', `Bearer ${key}`],
  kinds: [
    {
      make: '/create-retell-llm',
      read: '/get-retell-llm/',
      update: '/update-retell-llm/',
      idField: 'llm_id',
      fields: ['general_prompt', 'begin_message', 'general_tools', 'model_config'],
      required: [],
    },
  ],
};
const ELEVENLABS: Api = {
  authorization: (key) => ['xi-api-key', key],
  kinds: [
    {
      make: '/v1/convai/tools',
      list: '/v1/convai/tools',
      read: '/v1/convai/tools/',
      update: '/v1/convai/tools/',
      idField: 'id',
      fields: ['tool_config'],
      required: ['tool_config'],
      wrap: (tools) => ({ tools }),
    },
    {
      make: '/v1/convai/agents/create',
      read: '/v1/convai/agents/',
      update: '/v1/convai/agents/',
      idField: 'agent_id',
      fields: ['name', 'conversation_config'],
      required: ['conversation_config'],
    },
  ],
};
const APIS = { vapi: VAPI, retell: RETELL, elevenlabs: ELEVENLABS };

export interface PlatformApiSimulator {
  url: string;
  /** All that it keeps, by id. */
  things: Map<string, Thing>;
  /** Every request that changed something, "POST /tool". */
  writes: string[];
  close: () => Promise<void>;
}

/** The API of a platform on loopback: it keeps what it is given, and refuses fields that it does not know. */
export async function startPlatformApi(
  platform: keyof typeof APIS,
  key: string,
): Promise<PlatformApiSimulator> {
  const { authorization, kinds } = APIS[platform];
  const things = new Map<string, Thing>();
  const kindOf = new Map<string, Kind>();
  const writes: string[] = [];
  const answer = (request: IncomingMessage, body: unknown): { status: number; body: unknown } => {
    const [header, value] = authorization(key);
    if (request.headers[header] !== value)
      return { status: 401, body: { message: 'Unauthorized' } };
    const path = (request.url ?? '').split('?')[0] ?? '';
    const method = request.method ?? '';
    const given = Object(body) as Thing;
    if (method !== 'GET') writes.push(`${method} ${path}`);
    for (const kind of kinds) {
      const isUnknown = Object.keys(given).some((name) => !kind.fields.includes(name));
      if (method === 'POST' && path === kind.make) {
        const isIncomplete = kind.required.some((name) => !(name in given));
        if (isUnknown || isIncomplete) return { status: 400, body: { message: 'Bad Request' } };
        const id = randomUUID();
        things.set(id, { ...given, [kind.idField]: id });
        kindOf.set(id, kind);
        return { status: 201, body: things.get(id) };
      }
      if (method === 'GET' && path === kind.list) {
        const all = [...things].flatMap(([id, thing]) => (kindOf.get(id) === kind ? [thing] : []));
        return { status: 200, body: kind.wrap ? kind.wrap(all) : all };
      }
      const id = [kind.read, kind.update]
        .filter((beginning) => path.startsWith(beginning))
        .map((beginning) => path.slice(beginning.length))
        .find((rest) => kindOf.get(rest) === kind);
      if (id === undefined) continue;
      if (method === 'GET') return { status: 200, body: things.get(id) };
      // What it is cannot be changed.
      if (isUnknown || 'type' in given) return { status: 400, body: { message: 'Bad Request' } };
      things.set(id, merge(things.get(id), given) as Thing);
      return { status: 200, body: things.get(id) };
    }
    return { status: 404, body: { message: 'Not Found' } };
  };
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const { status, body } = answer(request, text === '' ? undefined : JSON.parse(text));
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    things,
    writes,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Objects are merged, everything else is replaced. */
function merge(present: unknown, change: unknown): unknown {
  const isObject = (value: unknown): value is Thing =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(present) || !isObject(change)) return change;
  const merged: Thing = { ...present };
  for (const [name, value] of Object.entries(change)) merged[name] = merge(present[name], value);
  return merged;
}
