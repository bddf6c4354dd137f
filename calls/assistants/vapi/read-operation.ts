import { z } from 'zod';
import type { PlatformMessage } from '../platform.ts';
import { Anything, Id, NumberText } from '../read-fields.ts';

/**
 * An operation on the calendar as one request, beside Vapi's own messages: what it is about, what is
 * to be done, and `data`. A tool of Vapi's kind `apiRequest` sends it.
 */
const OperationSchema = z.object({
  type: z.enum(['appointment', 'user', 'availability', 'booking']),
  action: z.enum(['read', 'write', 'update', 'delete']),
  data: Anything,
  appointmentId: z.unknown().optional(),
  userId: z.unknown().optional(),
  eventTypeId: z.unknown().optional(),
  callId: Id,
  toolCallId: Id,
  callerNumber: NumberText,
});

/** By what it is about and what is to be done; what is missing cannot be done. */
const FUNCTIONS: Record<string, string> = {
  'availability read': 'availability_read',
  'appointment read': 'appointment_read',
  'booking read': 'appointment_read',
  'appointment write': 'appointment_create',
  'booking write': 'appointment_create',
  'appointment update': 'appointment_update',
  'booking update': 'appointment_update',
  'appointment delete': 'appointment_cancel',
  'booking delete': 'appointment_cancel',
  'user read': 'user_read',
  'user write': 'user_create',
};

/** Null where the body is no such operation. */
export function readOperation(body: unknown): PlatformMessage | null {
  const { data: operation } = OperationSchema.safeParse(body);
  if (!operation) return null;
  const { type, action, data, appointmentId, userId, eventTypeId } = operation;
  const name = FUNCTIONS[`${type} ${action}`] ?? 'none';
  const beside = Object.entries({ appointmentId, userId, eventTypeId });
  const args = {
    ...data,
    ...Object.fromEntries(beside.filter(([, value]) => value !== undefined)),
  };
  const { callId, toolCallId, callerNumber } = operation;
  return {
    kind: 'functions',
    call:
      callId === undefined
        ? null
        : { id: callId, number: callerNumber ?? null, dialled: null, startedAt: null },
    called: [{ id: toolCallId ?? null, name, args }],
    answer: ([first]) => ({ result: first?.text ?? '', say: first?.exact ?? null }),
  };
}
