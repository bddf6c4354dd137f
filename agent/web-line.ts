import type { CallMetadata } from '../booking/call-metadata.ts';
import { readPhoneSettings } from '../db/phone-settings.ts';
import type { Line } from './line.ts';
import { openCall } from './open-call.ts';
import type { OpenCallOptions } from './open-call.ts';

const MINUTE = 60_000;

/**
 * Opens the call of a visitor, while the job joins the room.
 * @throws {CallRefusedError} see `openCall`
 */
export async function openWebLine(
  metadata: CallMetadata,
  options: Omit<OpenCallOptions, 'metadata' | 'line' | 'phone'>,
  connected: Promise<void>,
): Promise<Line> {
  const [call] = await Promise.all([openCall({ ...options, metadata, line: 'web' }), connected]);
  const { longestCallMinutes } = await readPhoneSettings(options.db, call.agent.organizationId);
  const longestCall = longestCallMinutes * MINUTE;
  return { call, callerName: metadata.caller.name ?? null, longestCall, phone: null };
}
