import { z } from 'zod';
import type { SaidCall, SaidEnd } from '../platform.ts';
import { endWord, Id, MaybeInstant, NumberText } from '../read-fields.ts';

const Party = z.object({ number: NumberText }).nullish().catch(undefined);

/** Which call a message is of, and whose. */
export const SaidCallSchema = z.object({
  call: z
    .object({
      id: Id,
      type: z.string().max(100).optional().catch(undefined),
      customer: Party,
      startedAt: MaybeInstant,
      createdAt: MaybeInstant,
      endedReason: z.unknown().optional(),
    })
    .optional()
    .catch(undefined),
  customer: Party,
  phoneNumber: Party,
  endedReason: z.unknown().optional(),
});

type CallFields = z.infer<typeof SaidCallSchema>;

/** Null where the message is of no call. */
export function readCall({ call, customer, phoneNumber }: CallFields): SaidCall | null {
  if (call?.id === undefined) return null;
  const isOnWeb = call.type === 'webCall';
  return {
    id: call.id,
    number: isOnWeb ? null : (call.customer?.number ?? customer?.number ?? null),
    dialled: phoneNumber?.number ?? null,
    startedAt: call.startedAt ?? call.createdAt,
  };
}

/** Who ended a call, by the beginning of Vapi's word for it; of any other a fault is taken. */
const ENDED_BY: [RegExp, SaidEnd['by']][] = [
  [/^customer-(ended-call|busy|did-not-answer)/, 'caller'],
  [/^(assistant-ended-call|assistant-said-end-call-phrase)/, 'agent'],
  [/^assistant-forwarded-call/, 'transfer'],
  [/^(exceeded-max-duration|silence-timed-out)/, 'limit'],
];

export function readEnd({ endedReason, call }: CallFields): SaidEnd {
  const word = endWord(endedReason ?? call?.endedReason);
  const [, by] = ENDED_BY.find(([beginning]) => beginning.test(word)) ?? [null, 'fault' as const];
  return { reason: `Vapi: ${word}`, by };
}
