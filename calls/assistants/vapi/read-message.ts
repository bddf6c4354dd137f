import { z } from 'zod';
import type { PlatformMessage } from '../platform.ts';
import { Id } from '../read-fields.ts';
import { functionCall, readToolCalls, toolResults } from './tool-calls.ts';
import { readCall, readEnd, SaidCallSchema } from './read-call.ts';
import { readTurns, ReportSchema } from './read-report.ts';

/**
 * What is read of a message; the rest of it, among it the secrets of the telephone's provider, the
 * prompt and all that was said so far, is dropped here.
 */
const MessageSchema = z.object({
  message: z.object({
    type: z.string().max(100),
    ...SaidCallSchema.shape,
    status: z.string().max(100).optional().catch(undefined),
    toolCallList: z.array(z.unknown()).optional().catch(undefined),
    toolCalls: z.array(z.unknown()).optional().catch(undefined),
    toolWithToolCallList: z.array(z.unknown()).optional().catch(undefined),
    functionCall: z
      .object({ name: Id, parameters: z.unknown().optional() })
      .optional()
      .catch(undefined),
    ...ReportSchema.shape,
  }),
});

export type VapiMessage = z.infer<typeof MessageSchema>['message'];

/** Reads one of Vapi's server messages. */
export function readMessage(body: unknown): PlatformMessage {
  const { data } = MessageSchema.safeParse(body);
  if (!data) return { kind: 'other' };
  const { message } = data;
  const call = readCall(message);
  switch (message.type) {
    case 'tool-calls': {
      const called = readToolCalls(message);
      return { kind: 'functions', call, called, answer: (given) => toolResults(called, given) };
    }
    case 'function-call':
      return functionCall(message, call);
    case 'assistant-request':
      return {
        kind: 'assistant',
        call,
        answer: (chosen) =>
          'error' in chosen
            ? chosen
            : {
                assistantId: chosen.assistantId,
                assistantOverrides: { variableValues: chosen.variables },
              },
      };
    case 'transfer-destination-request':
      return {
        kind: 'transfer',
        call,
        answer: (to) => ('error' in to ? to : { destination: destinationOf(to.address) }),
      };
    case 'status-update':
      return message.status === 'ended' && call
        ? { kind: 'ended', call, end: readEnd(message) }
        : { kind: 'other' };
    case 'end-of-call-report':
      return call
        ? { kind: 'report', call, end: readEnd(message), turns: readTurns(message, call) }
        : { kind: 'other' };
    default:
      return { kind: 'other' };
  }
}

function destinationOf(address: string) {
  if (address.startsWith('+')) return { type: 'number', number: address };
  const sipUri = /^sips?:/.test(address) ? address : `sip:${address}`;
  return { type: 'sip', sipUri };
}
