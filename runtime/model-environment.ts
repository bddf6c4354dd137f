import { z } from 'zod';
import { httpUrl, text } from './environment.ts';

/** How long a model thinks before it speaks: to a caller every step is silence. */
export const REASONING_EFFORTS = ['minimal', 'low', 'medium', 'high', 'xhigh'] as const;
export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];

/** The variables that say which models are used and where they are; all have defaults but the key. */
export const modelVariables = {
  OPENAI_BASE_URL: httpUrl.default('https://api.openai.com/v1'),
  OPENAI_REALTIME_MODEL: text.default('gpt-realtime-2.1'),
  OPENAI_TRANSCRIPTION_MODEL: text.default('gpt-transcribe'),
  /** Low for models that reason, unless it is set; never sent to another one then. */
  OPENAI_REASONING_EFFORT: z.enum(REASONING_EFFORTS).optional(),
};
