import { USUAL_DEADLINES } from '../../booking/ledger/ledger-context.ts';

const { awaitOthers, write, lookUp } = USUAL_DEADLINES;

/**
 * Milliseconds for what was begun, once a call has ended: longer than a change takes at the most,
 * which waits for another, is written, is looked up, and has a second write where the provider cannot
 * move a booking.
 */
export const SETTLE_DEADLINE = awaitOthers + write + lookUp + write + 4_000;

/** Milliseconds for a call's process once its worker stops: what was begun is settled before. */
export const STOP_DEADLINE = SETTLE_DEADLINE + 10_000;
