import { z } from 'zod';
import type { ChargedAmounts } from '../../db/values.ts';

const count = z.number().nonnegative().nullish();

const ResponseUsageSchema = z.object({
  input_token_details: z
    .object({
      text_tokens: count,
      audio_tokens: count,
      image_tokens: count,
      cached_tokens_details: z
        .object({ text_tokens: count, audio_tokens: count, image_tokens: count })
        .nullish(),
    })
    .nullish(),
  output_token_details: z.object({ text_tokens: count, audio_tokens: count }).nullish(),
});

const TranscriptionUsageSchema = z.union([
  z.object({ type: z.literal('duration'), seconds: z.number().nonnegative() }),
  z.object({
    type: z.literal('tokens'),
    input_token_details: z.object({ text_tokens: count, audio_tokens: count }).nullish(),
    output_tokens: count,
  }),
]);

const named = z.object({ model: z.string().optional() });
const session = named.extend({
  audio: z
    .object({ input: z.object({ transcription: named.nullish() }).nullish() })
    .nullish()
    .catch(undefined),
});

/** As much of the events of a Realtime server as a call's record needs. */
const EventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session.created'), session }),
  z.object({ type: z.literal('session.updated'), session }),
  z.object({ type: z.literal('input_audio_buffer.speech_started'), item_id: z.string() }),
  z.object({ type: z.literal('input_audio_buffer.speech_stopped') }),
  z.object({
    type: z.literal('response.output_item.added'),
    item: z.object({ id: z.string(), type: z.string() }),
  }),
  z
    .object({
      type: z.literal('response.done'),
      response: z.object({ usage: ResponseUsageSchema.nullish() }),
    })
    .transform(({ type, response: { usage } }) => ({
      type,
      amounts: usage ? ofResponse(usage) : null,
    })),
  z
    .object({
      type: z.literal('conversation.item.input_audio_transcription.completed'),
      usage: TranscriptionUsageSchema.nullish().catch(null),
    })
    .transform(({ type, usage }) => ({ type, amounts: usage ? ofTranscription(usage) : null })),
  z.object({ type: z.literal('conversation.item.input_audio_transcription.failed') }),
]);

const TYPES: ReadonlySet<unknown> = new Set(
  EventSchema.options.flatMap((option) =>
    'shape' in option ? option.shape.type.value : option.in.shape.type.value,
  ),
);

/** Reads an event of the server; null of one that a record does not need or cannot read. */
export function readServerEvent(sent: unknown): z.infer<typeof EventSchema> | null {
  // Most are pieces of sound.
  if (!TYPES.has((sent as { type?: unknown }).type)) return null;
  return EventSchema.safeParse(sent).data ?? null;
}

function ofResponse(usage: z.infer<typeof ResponseUsageSchema>): ChargedAmounts {
  const { input_token_details: input, output_token_details: output } = usage;
  const cached = input?.cached_tokens_details;
  const fresh = (all?: number | null, read?: number | null) => (all ?? 0) - (read ?? 0);
  return {
    textInput: fresh(input?.text_tokens, cached?.text_tokens),
    cachedTextInput: cached?.text_tokens ?? 0,
    audioInput: fresh(input?.audio_tokens, cached?.audio_tokens),
    cachedAudioInput: cached?.audio_tokens ?? 0,
    imageInput: fresh(input?.image_tokens, cached?.image_tokens),
    cachedImageInput: cached?.image_tokens ?? 0,
    textOutput: output?.text_tokens ?? 0,
    audioOutput: output?.audio_tokens ?? 0,
  };
}

function ofTranscription(usage: z.infer<typeof TranscriptionUsageSchema>): ChargedAmounts {
  if (usage.type === 'duration') return { seconds: usage.seconds };
  return {
    textInput: usage.input_token_details?.text_tokens ?? 0,
    audioInput: usage.input_token_details?.audio_tokens ?? 0,
    textOutput: usage.output_tokens ?? 0,
  };
}
