import type { CallMetadata } from '../../calls/call-metadata.ts';
import type { Line } from './line.ts';
import { openCall } from '../call/open-call.ts';
import type { OpenCallOptions } from '../call/open-call.ts';

/**
 * Opens the call of a visitor, while the job joins the room.
 * @throws {CallRefusedError} see `openCall`
 */
export async function openWebLine(
  metadata: CallMetadata,
  options: Omit<OpenCallOptions, 'metadata' | 'line' | 'phone'>,
): Promise<Line> {
  const call = await openCall({ ...options, metadata, line: 'web' });
  return { call, callerName: metadata.caller.name ?? null, phone: null };
}
