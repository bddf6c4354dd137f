import { z } from 'zod';
import { RealtimeRequestError } from './request-error.ts';

/** The parts of a session that a client sees and sets, in the shape of the GA protocol. */

const audioFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24_000).default(24_000) }),
  z.strictObject({ type: z.literal('audio/pcmu') }),
  z.strictObject({ type: z.literal('audio/pcma') }),
]);
export type AudioFormat = z.infer<typeof audioFormat>;

const turnDetection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('server_vad'),
    threshold: z.number().min(0).max(1).default(0.5),
    prefix_padding_ms: z.int().min(0).default(300),
    silence_duration_ms: z.int().min(0).default(500),
    idle_timeout_ms: z.int().min(0).nullable().default(null),
    create_response: z.boolean().default(true),
    interrupt_response: z.boolean().default(true),
  }),
  z.strictObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).default('auto'),
    create_response: z.boolean().default(true),
    interrupt_response: z.boolean().default(true),
  }),
]);
export type TurnDetection = z.infer<typeof turnDetection>;

const transcription = z.strictObject({
  model: z.string().optional(),
  language: z.string().optional(),
  languages: z.array(z.string()).optional(),
  keywords: z.array(z.string()).optional(),
  prompt: z.string().optional(),
  delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
});

/** The voices the real service knows; the rehearsal model speaks with its own whatever is chosen. */
const VOICES = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
] as const;
export const voice = z.union([z.enum(VOICES), z.strictObject({ id: z.string().min(1) })]);
export const modalities = z
  .array(z.enum(['text', 'audio']))
  .min(1)
  .max(1, 'choose one of text and audio');
export const maxOutputTokens = z.union([z.literal('inf'), z.int().min(1).max(4096)]);
export const tools = z.array(
  z.strictObject({
    type: z.literal('function'),
    name: z.string().min(1).max(64),
    description: z.string().optional(),
    parameters: z.unknown().optional(),
  }),
);
export type Tools = z.infer<typeof tools>;
export const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string().min(1) }),
]);
export type ToolChoice = z.infer<typeof toolChoice>;
export const outputAudio = z.strictObject({
  format: audioFormat.optional(),
  voice: voice.optional(),
  speed: z.number().min(0.25).max(1.5).optional(),
});

const includable = z.literal('item.input_audio_transcription.logprobs');

export const sessionUpdate = z.strictObject({
  type: z.literal('realtime'),
  model: z.string().optional(),
  output_modalities: modalities.optional(),
  instructions: z.string().optional(),
  tools: tools.optional(),
  tool_choice: toolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  max_output_tokens: maxOutputTokens.optional(),
  include: z.array(includable).nullable().optional(),
  prompt: z.unknown().optional(),
  reasoning: z.unknown().optional(),
  tracing: z.unknown().optional(),
  truncation: z.unknown().optional(),
  audio: z
    .strictObject({
      input: z
        .strictObject({
          format: audioFormat.optional(),
          noise_reduction: z
            .strictObject({ type: z.enum(['near_field', 'far_field']) })
            .nullable()
            .optional(),
          transcription: transcription.nullable().optional(),
          turn_detection: turnDetection.nullable().optional(),
        })
        .optional(),
      output: outputAudio.optional(),
    })
    .optional(),
});
export type SessionUpdate = z.infer<typeof sessionUpdate>;

export interface SessionConfig {
  type: 'realtime';
  object: 'realtime.session';
  id: string;
  model: string;
  output_modalities: ('text' | 'audio')[];
  instructions: string;
  tools: Tools;
  tool_choice: ToolChoice;
  max_output_tokens: number | 'inf';
  tracing: unknown;
  truncation: unknown;
  prompt: unknown;
  include: z.infer<typeof includable>[] | null;
  expires_at: number;
  audio: {
    input: {
      format: AudioFormat;
      noise_reduction: { type: 'near_field' | 'far_field' } | null;
      transcription: z.infer<typeof transcription> | null;
      turn_detection: TurnDetection | null;
    };
    output: { format: AudioFormat; voice: z.infer<typeof voice>; speed: number };
  };
}

/** What a session is before its first `session.update`. `expiresAt` is in seconds since 1970. */
export function initialSession(session: {
  id: string;
  model: string;
  expiresAt: number;
}): SessionConfig {
  return {
    type: 'realtime',
    object: 'realtime.session',
    id: session.id,
    model: session.model,
    output_modalities: ['audio'],
    instructions: '',
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    include: null,
    expires_at: session.expiresAt,
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24_000 },
        noise_reduction: null,
        transcription: null,
        turn_detection: turnDetection.parse({ type: 'server_vad' }),
      },
      output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'marin', speed: 1 },
    },
  };
}

/**
 * Merges an update into a session, field by field; objects such as `turn_detection` are replaced whole.
 *
 * @throws RealtimeRequestError when it would change the model, or the voice once audio was spoken
 */
export function mergeSession(
  session: SessionConfig,
  update: SessionUpdate,
  audioWasSpoken: boolean,
): SessionConfig {
  if (update.model !== undefined && update.model !== session.model) {
    throw new RealtimeRequestError({
      code: 'invalid_value',
      message: `The model of a session cannot be changed: it is '${session.model}'.`,
      param: 'session.model',
    });
  }
  const voice = update.audio?.output?.voice;
  if (audioWasSpoken && voice !== undefined && !sameVoice(voice, session.audio.output.voice)) {
    throw new RealtimeRequestError({
      code: 'cannot_update_voice',
      message: "Cannot update a conversation's voice if assistant audio is present.",
    });
  }
  const { audio, ...rest } = update;
  return {
    ...overlay(session, rest),
    audio: {
      input: overlay(session.audio.input, audio?.input ?? {}),
      output: overlay(session.audio.output, audio?.output ?? {}),
    },
  };
}

function sameVoice(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function overlay<T extends object>(base: T, changes: object): T {
  const set = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...base, ...(Object.fromEntries(set) as Partial<T>) };
}
