import { z } from 'zod';

/** What is set of an assistant beside how it proves who it is. */
export const AssistantSettingsSchema = z.object({
  /** The platform's id of the assistant that takes calls which have none yet. */
  assistantId: z.string().min(1).max(200).nullable().default(null).catch(null),
  /**
   * How long a function may take before it is answered as not confirmed yet: less than the platform
   * waits.
   */
  answerWithinSeconds: z.number().min(1).max(280).default(17).catch(17),
});
