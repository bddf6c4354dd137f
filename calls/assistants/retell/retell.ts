import { createHmac } from 'node:crypto';
import { headerOf, isOfNow, isSame } from '../authentication.ts';
import type { AssistantPlatform } from '../platform.ts';
import { readRetell } from './read-retell.ts';
import { RETELL_SETUP } from './setup.ts';

const MOST_AGE = 300_000;
const SIGNATURE = /^v=(\d{13}),d=([0-9a-f]{64})$/;

/** Retell's custom functions and the webhooks of its calls, by retell-sdk 5.66.1 and docs.retellai.com. */
export const RETELL: AssistantPlatform = {
  id: 'retell',
  name: 'Retell',
  authentication: { kind: 'platform' },
  signsWithApiKey: true,
  setup: RETELL_SETUP,
  secretHeaders: ['authorization'],
  paths: [],
  /** The key of the signature is the API key; signed is the body followed by the milliseconds. */
  verify(request, secret, now) {
    const [, timestamp = '', given = ''] =
      SIGNATURE.exec(headerOf(request, 'x-retell-signature')) ?? [];
    const wanted = createHmac('sha256', secret)
      .update(request.rawBody)
      .update(timestamp)
      .digest('hex');
    return isSame(given, wanted) && isOfNow(timestamp, now, MOST_AGE);
  },
  read: readRetell,
};
