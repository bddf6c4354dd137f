import { guardedConnector } from '../../runtime/guarded-connect.ts';
import type { LookUp } from '../../runtime/guarded-connect.ts';
import { createTransport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import type { AddressRule } from '../../runtime/public-address.ts';
import { DELIVERY_DEADLINE } from './schedule.ts';

/** Bytes of an answer, far more than are kept of it. */
const BODY_LIMIT = 64 * 1_024;

/**
 * What webhooks are sent with: to addresses that the rule allows, straight, with a deadline.
 * @param lookUp how names become addresses; the machine's way unless given
 */
export function webhookTransport(
  rule: AddressRule,
  { lookUp, deadline = DELIVERY_DEADLINE }: { lookUp?: LookUp; deadline?: number } = {},
): Fetch {
  return createTransport({
    bodyLimit: BODY_LIMIT,
    deadline,
    connect: guardedConnector(rule, lookUp),
  });
}
