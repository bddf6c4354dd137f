import { createDialogue } from './dialogue/dialogue.ts';
import { openHearing } from './ears/open-hearing.ts';
import type { Mind } from './mind.ts';
import { createVoice } from './voice.ts';

/** Opens the voice; ears are loaded when somebody is first listened to. One mind serves all sessions. */
export async function createMind(): Promise<Mind> {
  const voice = await createVoice({ voice: 'slt' });
  return { dialogue: createDialogue(), voice, ...openHearing() };
}
