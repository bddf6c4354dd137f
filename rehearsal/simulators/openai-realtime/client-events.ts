import { z } from 'zod';
import { RealtimeRequestError, requestErrorFromIssue } from './request-error.ts';
import {
  maxOutputTokens,
  modalities,
  outputAudio,
  sessionUpdate,
  toolChoice,
  tools,
} from './session-config.ts';

/** Every client event of the GA protocol over WebSocket, checked as it comes in. */

const eventId = { event_id: z.string().max(512).optional() };
const itemId = z.string().min(1).max(64);
const itemFields = {
  id: itemId.optional(),
  object: z.literal('realtime.item').optional(),
  status: z.enum(['completed', 'incomplete', 'in_progress']).optional(),
};

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'not valid base64');
const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string() });
const message = z.discriminatedUnion('role', [
  z.strictObject({
    type: z.literal('message'),
    role: z.literal('system'),
    content: z.array(inputText),
    ...itemFields,
  }),
  z.strictObject({
    type: z.literal('message'),
    role: z.literal('user'),
    content: z.array(
      z.discriminatedUnion('type', [
        inputText,
        z.strictObject({
          type: z.literal('input_audio'),
          audio: base64,
          transcript: z.string().nullable().optional(),
        }),
        z.strictObject({
          type: z.literal('input_image'),
          image_url: z.string(),
          detail: z.enum(['auto', 'low', 'high']).optional(),
        }),
      ]),
    ),
    ...itemFields,
  }),
  z.strictObject({
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(z.strictObject({ type: z.literal('output_text'), text: z.string() })),
    ...itemFields,
  }),
]);
const functionCall = z.strictObject({
  type: z.literal('function_call'),
  name: z.string().min(1),
  arguments: z.string(),
  call_id: z.string().min(1).optional(),
  ...itemFields,
});
const functionCallOutput = z.strictObject({
  type: z.literal('function_call_output'),
  call_id: z.string().min(1),
  output: z.string(),
  ...itemFields,
});
const itemReference = z.strictObject({ type: z.literal('item_reference'), id: itemId });
const item = z.discriminatedUnion('type', [message, functionCall, functionCallOutput]);
export type ClientItem = z.infer<typeof item>;

const responseParameters = z.strictObject({
  audio: z.strictObject({ output: outputAudio.optional() }).optional(),
  conversation: z.enum(['auto', 'none']).optional(),
  input: z
    .array(z.discriminatedUnion('type', [message, functionCall, functionCallOutput, itemReference]))
    .optional(),
  instructions: z.string().optional(),
  max_output_tokens: maxOutputTokens.optional(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullable().optional(),
  output_modalities: modalities.optional(),
  parallel_tool_calls: z.boolean().optional(),
  prompt: z.unknown().optional(),
  reasoning: z.unknown().optional(),
  tool_choice: toolChoice.optional(),
  tools: tools.optional(),
});
export type ResponseParameters = z.infer<typeof responseParameters>;

const schemas = {
  'session.update': z.strictObject({
    type: z.literal('session.update'),
    session: sessionUpdate,
    ...eventId,
  }),
  'input_audio_buffer.append': z.strictObject({
    type: z.literal('input_audio_buffer.append'),
    audio: base64,
    ...eventId,
  }),
  'input_audio_buffer.commit': z.strictObject({
    type: z.literal('input_audio_buffer.commit'),
    ...eventId,
  }),
  'input_audio_buffer.clear': z.strictObject({
    type: z.literal('input_audio_buffer.clear'),
    ...eventId,
  }),
  'output_audio_buffer.clear': z.strictObject({
    type: z.literal('output_audio_buffer.clear'),
    ...eventId,
  }),
  'conversation.item.create': z.strictObject({
    type: z.literal('conversation.item.create'),
    previous_item_id: z.string().nullable().optional(),
    item,
    ...eventId,
  }),
  'conversation.item.retrieve': z.strictObject({
    type: z.literal('conversation.item.retrieve'),
    item_id: z.string(),
    ...eventId,
  }),
  'conversation.item.delete': z.strictObject({
    type: z.literal('conversation.item.delete'),
    item_id: z.string(),
    ...eventId,
  }),
  'conversation.item.truncate': z.strictObject({
    type: z.literal('conversation.item.truncate'),
    item_id: z.string(),
    content_index: z.int().min(0),
    audio_end_ms: z.int().min(0),
    ...eventId,
  }),
  'response.create': z.strictObject({
    type: z.literal('response.create'),
    response: responseParameters.nullable().optional(),
    ...eventId,
  }),
  'response.cancel': z.strictObject({
    type: z.literal('response.cancel'),
    response_id: z.string().optional(),
    ...eventId,
  }),
};
type Schemas = typeof schemas;
type ClientEventType = keyof Schemas;
export type ClientEvent = { [Type in ClientEventType]: z.infer<Schemas[Type]> }[ClientEventType];

/** The `event_id` a client gave, if the text has one at all: an error event names it. */
export function clientEventId(text: string): string | null {
  try {
    const id = (JSON.parse(text) as { event_id?: unknown } | null)?.event_id;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

/** @throws RealtimeRequestError naming the parameter at fault as the real service does */
export function parseClientEvent(text: string): ClientEvent {
  const event = parseObject(text);
  const type = event['type'];
  if (type === undefined) {
    throw new RealtimeRequestError({
      code: 'missing_required_parameter',
      message: "Missing required parameter: 'type'.",
      param: 'type',
    });
  }
  if (typeof type !== 'string' || !isClientEventType(type)) {
    const supported = Object.keys(schemas)
      .map((name) => `'${name}'`)
      .join(', ');
    throw new RealtimeRequestError({
      code: 'invalid_value',
      message: `Invalid value: ${JSON.stringify(type)}. Supported values are: ${supported}.`,
      param: 'type',
    });
  }
  const parsed = schemas[type].safeParse(event, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw parsed.error;
  throw requestErrorFromIssue(issue);
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RealtimeRequestError({
      code: 'invalid_json',
      message: 'The event is not valid JSON.',
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RealtimeRequestError({
      code: 'invalid_json',
      message: 'The event is not a JSON object.',
    });
  }
  return value as Record<string, unknown>;
}

function isClientEventType(type: string): type is ClientEventType {
  return Object.hasOwn(schemas, type);
}
