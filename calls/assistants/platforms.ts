import { ELEVENLABS } from './elevenlabs/elevenlabs.ts';
import type { AssistantPlatform } from './platform.ts';
import { RETELL } from './retell/retell.ts';
import { VAPI } from './vapi/vapi.ts';

/** Every platform whose assistants can use our tools. */
export const PLATFORMS: readonly AssistantPlatform[] = [VAPI, RETELL, ELEVENLABS];
