import type { OfferedFunction, PlatformSetup, SetupWish } from '../platform.ts';
import {
  bringUpToDate,
  greetingFor,
  promptFor,
  textAt,
  toJsonSchema,
  toolsAddress,
} from '../setup.ts';

/** Server tools and an agent of ElevenLabs, by elevenlabs-docs of 2026. What else an agent has stays. */
export const ELEVENLABS_SETUP: PlatformSetup = {
  keyVariable: 'ELEVENLABS_API_KEY',
  apiUrl: 'https://api.elevenlabs.io',
  keyHeader: (key) => ({ 'xi-api-key': key }),
  describe: (wish) => ({
    tools: wish.functions.map((one) => ({ tool_config: toolOf(one, wish) })),
    assistant: agentOf(
      wish,
      wish.functions.map(({ name }) => `<id of ${name}>`),
    ),
  }),
  async apply(api, wish, write) {
    const { tools } = Object(await api('GET', '/v1/convai/tools')) as { tools?: unknown };
    const present = Array.isArray(tools) ? (tools as unknown[]) : [];
    const steps = [];
    for (const one of wish.functions) {
      const config = toolOf(one, wish);
      const found = present.find(
        (tool) => textAt(tool, 'tool_config', 'api_schema', 'url') === config.api_schema.url,
      );
      const id = textAt(found, 'id');
      steps.push(
        await bringUpToDate(api, {
          what: `tool ${one.name}`,
          present: id === null ? undefined : { id, value: found },
          wanted: { tool_config: config },
          make: {
            path: '/v1/convai/tools',
            body: { tool_config: config },
            idOf: (answer) => textAt(answer, 'id'),
          },
          update: { path: (known) => `/v1/convai/tools/${known}`, body: { tool_config: config } },
          always: wish.isSecretNew,
          write,
        }),
      );
    }
    const toolIds = steps.flatMap(({ id }) => id ?? []);
    const { assistantId } = wish;
    const known =
      assistantId === null ? undefined : await api('GET', `/v1/convai/agents/${assistantId}`);
    const wanted = withTools([...new Set([...toolIdsOf(known), ...toolIds])]);
    const step = await bringUpToDate(api, {
      what: 'agent',
      present: assistantId === null ? undefined : { id: assistantId, value: known },
      wanted,
      make: {
        path: '/v1/convai/agents/create',
        body: agentOf(wish, toolIds),
        idOf: (answer) => textAt(answer, 'agent_id'),
      },
      update: { path: (id) => `/v1/convai/agents/${id}`, body: wanted },
      always: wish.isSecretNew,
      write,
    });
    return { steps: [...steps, step], assistantId: step.id };
  },
};

function toolOf(one: OfferedFunction, wish: SetupWish) {
  const schema = toJsonSchema(one);
  const { credentialId, secret } = wish;
  return {
    type: 'webhook',
    name: one.name,
    description: one.description,
    response_timeout_secs: wish.timeoutSeconds,
    // A caller who speaks must not cut off what is being written.
    interruption_mode: one.changes ? 'disable_during_tool' : 'allow',
    execution_mode: 'immediate',
    tool_error_handling_mode: 'passthrough',
    api_schema: {
      url: `${toolsAddress(wish, 'elevenlabs')}/${one.name}`,
      method: 'POST',
      request_headers: {
        Authorization: credentialId === null ? `Bearer ${secret}` : { secret_id: credentialId },
      },
      request_body_schema: {
        ...schema,
        properties: {
          ...schema.properties,
          conversation_id: { type: 'string', dynamic_variable: 'system__conversation_id' },
          // Of the line, so that no model can name another.
          caller_number: { type: 'string', dynamic_variable: 'system__caller_id' },
        },
        required: [...schema.required, 'conversation_id'],
      },
    },
  };
}

function agentOf(wish: SetupWish, toolIds: string[]) {
  return {
    name: wish.agent.name,
    conversation_config: {
      agent: {
        first_message: greetingFor(wish),
        language: wish.agent.language.slice(0, 2),
        prompt: { prompt: promptFor(wish), tool_ids: toolIds },
      },
    },
  };
}

function withTools(toolIds: string[]) {
  return { conversation_config: { agent: { prompt: { tool_ids: toolIds } } } };
}

function toolIdsOf(agent: unknown): string[] {
  const { conversation_config: config } = Object(agent) as { conversation_config?: unknown };
  const { agent: inner } = Object(config) as { agent?: unknown };
  const { prompt } = Object(inner) as { prompt?: unknown };
  const { tool_ids: ids } = Object(prompt) as { tool_ids?: unknown };
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
