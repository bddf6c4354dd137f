import { z } from 'zod';
import type { AssistantPlatform, PlatformMessage } from '../platform.ts';
import { Id, NumberText, readArguments } from '../read-fields.ts';
import { ELEVENLABS_SETUP } from './setup.ts';

/**
 * What stands beside the arguments. The body is what the tool's own schema says; one document shows it
 * below `parameters`, so both are read.
 */
const RequestSchema = z.object({
  conversation_id: Id,
  /** From the dynamic variable of the line, which the model does not fill in. */
  caller_number: NumberText,
  tool_call_id: Id,
  tool_name: Id,
  parameters: z.unknown().optional(),
});

/** The server tools of ElevenLabs' agents, by elevenlabs/skills and elevenlabs-docs of 2026. */
export const ELEVENLABS: AssistantPlatform = {
  id: 'elevenlabs',
  name: 'ElevenLabs',
  authentication: { kind: 'token' },
  signsWithApiKey: false,
  setup: ELEVENLABS_SETUP,
  secretHeaders: ['authorization'],
  paths: [],
  read(body, functionName): PlatformMessage {
    const request = RequestSchema.safeParse(body).data;
    const name = functionName ?? request?.tool_name;
    if (!request || name === undefined) return { kind: 'other' };
    const { conversation_id: id, caller_number: number = null, tool_call_id } = request;
    const isWrapped = request.tool_name !== undefined && request.parameters !== undefined;
    const args = readArguments(isWrapped ? request.parameters : body);
    return {
      kind: 'functions',
      call: id === undefined ? null : { id, number, dialled: null, startedAt: null },
      called: [{ id: tool_call_id ?? null, name, args }],
      answer: ([first]) => ({ result: first?.text ?? '' }),
    };
  },
};
