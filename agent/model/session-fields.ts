import type { realtime } from '@livekit/agents-plugin-openai';
import { languageOf } from '../../calls/languages.ts';
import type { ReasoningEffort } from '../../runtime/model-environment.ts';

/** Which models a session has, and what its ears are told beforehand. */
export interface SessionFields {
  /** A Realtime model. */
  model: string;
  transcriptionModel: string;
  /** Absent: low for a model that reasons. */
  reasoningEffort?: ReasoningEffort | undefined;
  /** BCP 47: the agent's. */
  language: string;
  /** ISO 639-1: what may be spoken in the call, the agent's own language among it. */
  languages?: readonly string[];
  /** Names that callers say and nobody spells: of the business, of what is booked. */
  keywords?: readonly string[];
}

type SessionUpdate = Parameters<realtime.RealtimeSession['sendEvent']>[0];

const MOST_KEYWORDS = 50;
/** Of the conversation, when it is too long for the model: leaves room, so that what is kept stays cached. */
const RETENTION_RATIO = 0.8;

/**
 * What the plugin does not send of a session, each in an update of its own: what a server refuses costs
 * only itself. Together with the plugin's own update a transcription model that was switched off would
 * cost the instructions.
 */
export function sessionUpdates(fields: SessionFields): SessionUpdate[] {
  const { model, reasoningEffort } = fields;
  const reasons = /^gpt-realtime-[2-9]/.test(model) || reasoningEffort !== undefined;
  const updates = [
    { audio: { input: { transcription: transcription(fields) } } },
    { truncation: { type: 'retention_ratio', retention_ratio: RETENTION_RATIO } },
    // One tool after the other: what the next one is asked depends on what the last one answered.
    ...(reasons
      ? [{ reasoning: { effort: reasoningEffort ?? 'low' } }, { parallel_tool_calls: false }]
      : []),
  ];
  // The plugin's types lack some of these fields.
  return updates.map((session) => ({
    type: 'session.update',
    session: { type: 'realtime', ...session },
  })) as unknown as SessionUpdate[];
}

function transcription({
  transcriptionModel: model,
  language,
  languages = [],
  keywords = [],
}: SessionFields): object {
  const spoken = languageOf(language) ?? 'en';
  // Older ones take one language, and no keywords; without one they tell it themselves.
  if (!/^gpt-(live-)?transcribe/.test(model)) {
    return languages.length > 1 ? { model } : { model, language: spoken };
  }
  const words = [...new Set(keywords)].slice(0, MOST_KEYWORDS);
  return {
    model,
    languages: [...new Set([spoken, 'en', ...languages])],
    ...(words.length > 0 ? { keywords: words } : {}),
  };
}
