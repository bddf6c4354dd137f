import type { OfferedFunction, PlatformSetup, SetupWish } from '../platform.ts';
import { PlatformApiError } from '../platform.ts';
import {
  bringUpToDate,
  greetingFor,
  promptFor,
  textAt,
  toJsonSchema,
  toolsAddress,
} from '../setup.ts';

/**
 * A response engine of Retell ("Retell LLM") with our functions, by retell-sdk 5.66.1. The voice agent
 * that speaks with it is its owner's to make: it needs a voice. What else an engine has stays.
 */
export const RETELL_SETUP: PlatformSetup = {
  keyVariable: 'RETELL_API_KEY',
  apiUrl: 'https://api.retellai.com',
  keyHeader: (key) => ({ Authorization: `Bearer ${key}` }),
  describe: (wish) => ({ tools: toolsOf(wish), assistant: engineOf(wish) }),
  async apply(api, wish, write) {
    const { assistantId: id } = wish;
    const present = id === null ? undefined : await api('GET', `/get-retell-llm/${id}`);
    const own = toolsOf(wish);
    const names = new Set(own.map(({ name }) => name));
    const { general_tools: tools } = Object(present) as { general_tools?: unknown };
    const others = (Array.isArray(tools) ? (tools as unknown[]) : []).filter(
      (tool) => !names.has(textAt(tool, 'name') ?? ''),
    );
    const wanted = { general_tools: [...others, ...own] };
    const step = await bringUpToDate(api, {
      what: 'response engine with its functions',
      present: id === null ? undefined : { id, value: present },
      wanted,
      make: { path: '/create-retell-llm', body: engineOf(wish), idOf: idOfAnswer },
      update: { path: (known) => `/update-retell-llm/${known}`, body: wanted },
      always: false,
      write,
    });
    return { steps: [step], assistantId: step.id };
  },
};

function toolsOf(wish: SetupWish) {
  return wish.functions.map((one: OfferedFunction) => ({
    type: 'custom',
    name: one.name,
    description: one.description,
    url: toolsAddress(wish, 'retell'),
    method: 'POST',
    args_at_root: false,
    timeout_ms: wish.timeoutSeconds * 1_000,
    max_retry: 0,
    speak_during_execution: true,
    execution_message_type: 'static_text',
    execution_message_description: 'One moment, please.',
    speak_after_execution: true,
    parameters: toJsonSchema(one),
  }));
}

function engineOf(wish: SetupWish) {
  return {
    general_prompt: promptFor(wish),
    begin_message: greetingFor(wish),
    general_tools: toolsOf(wish),
  };
}

function idOfAnswer(answer: unknown): string {
  const id = textAt(answer, 'llm_id');
  if (id === null) throw new PlatformApiError('Retell answered no id of what it made.', null);
  return id;
}
