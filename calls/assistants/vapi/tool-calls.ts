import { z } from 'zod';
import type { CalledFunction, PlatformAnswer, PlatformMessage, SaidCall } from '../platform.ts';
import { Id, readArguments } from '../read-fields.ts';
import type { VapiMessage } from './read-message.ts';

/** More in one message is no conversation. */
const MOST_CALLS = 10;

/**
 * A tool call in all its shapes: `function` with `arguments` as an object or as text, `arguments` or
 * `parameters` beside the name, and each of them below `toolCall`.
 */
const ToolCallSchema = z.object({
  id: Id,
  name: Id,
  arguments: z.unknown().optional(),
  parameters: z.unknown().optional(),
  function: z
    .object({
      name: Id,
      arguments: z.unknown().optional(),
      parameters: z.unknown().optional(),
    })
    .optional()
    .catch(undefined),
});
const WithToolCallSchema = z.object({
  name: Id,
  function: z.object({ name: Id }).optional().catch(undefined),
  toolCall: ToolCallSchema,
});

type KnownId = CalledFunction & { id: string };

/** The calls of all three lists, each once, in the order of the first list. */
export function readToolCalls(
  message: Pick<VapiMessage, 'toolCallList' | 'toolCalls' | 'toolWithToolCallList'>,
): CalledFunction[] {
  const plain = [...(message.toolCallList ?? []), ...(message.toolCalls ?? [])].flatMap((given) => {
    const call = ToolCallSchema.safeParse(given).data;
    return call ? toCalled(call, undefined) : [];
  });
  const wrapped = (message.toolWithToolCallList ?? []).flatMap((given) => {
    const tool = WithToolCallSchema.safeParse(given).data;
    return tool ? toCalled(tool.toolCall, tool.function?.name ?? tool.name) : [];
  });
  const once = new Map<string, KnownId>();
  for (const called of [...plain, ...wrapped]) {
    if (!once.has(called.id)) once.set(called.id, called);
  }
  return [...once.values()].slice(0, MOST_CALLS);
}

/** Without an id nothing could be answered. */
function toCalled(call: z.infer<typeof ToolCallSchema>, ofTool: string | undefined): KnownId[] {
  const name = call.function?.name ?? call.name ?? ofTool;
  if (call.id === undefined || name === undefined) return [];
  const given =
    call.function?.arguments ?? call.function?.parameters ?? call.arguments ?? call.parameters;
  return [{ id: call.id, name, args: readArguments(given) }];
}

/**
 * Each answer as a result: of an error Vapi may say a sentence of its own. What must be said word for
 * word it says itself.
 */
export function toolResults(
  called: readonly CalledFunction[],
  answers: readonly PlatformAnswer[],
): unknown {
  return {
    results: called.map(({ id, name }, index) => {
      const { text = '', exact = null } = answers[index] ?? {};
      const message = exact === null ? {} : { message: said(exact) };
      return { name, toolCallId: id, result: text, ...message };
    }),
  };
}

function said(content: string) {
  return { type: 'request-complete', content };
}

/** The older message, which has no id and reads one result. */
export function functionCall(
  { functionCall: given }: Pick<VapiMessage, 'functionCall'>,
  call: SaidCall | null,
): PlatformMessage {
  if (given?.name === undefined) return { kind: 'other' };
  const called = { id: null, name: given.name, args: readArguments(given.parameters) };
  return {
    kind: 'functions',
    call,
    called: [called],
    answer: ([first]) => ({ result: first?.text ?? '' }),
  };
}
