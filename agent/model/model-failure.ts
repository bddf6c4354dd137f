import type { RealtimeError } from './realtime-event.ts';

/** What no further try would mend. */
const FINAL = new Set([
  'insufficient_quota',
  'invalid_api_key',
  'account_deactivated',
  'billing_hard_limit_reached',
]);

/** The model answers nobody any more; the message is for the operator, and says what to do. */
export class ModelFailedError extends Error {
  override readonly name = 'ModelFailedError';
}

/** Whether the next try would fail too. */
export function isFinalError(error: RealtimeError | null | undefined): boolean {
  return FINAL.has(error?.code ?? '') || FINAL.has(error?.type ?? '');
}

/** Why the model failed, by the server's code, since its words may quote people; and what the operator can do. */
export function describeFailure(error: RealtimeError | null | undefined): string {
  const said = codeOf(error);
  if (isFinalError(error)) {
    return `The model serves this account no more (${said}). Check the account of OPENAI_API_KEY: its key, its credit and its limits.`;
  }
  return `The model fails again and again (${said}). Its provider may have a disturbance.`;
}

/** What kind of error it is, in a word of the protocol. */
export function codeOf(error: RealtimeError | null | undefined): string {
  return error?.code ?? error?.type ?? 'it says no reason';
}
