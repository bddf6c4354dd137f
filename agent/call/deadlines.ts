import { USUAL_DEADLINES } from '../../booking/ledger/ledger-context.ts';

const { awaitOthers, write, lookUp } = USUAL_DEADLINES;

/**
 * Milliseconds for what was begun, once a call has ended: longer than a change takes at the most,
 * which waits for another, is written, is looked up, and has a second write where the provider cannot
 * move a booking.
 */
export const SETTLE_DEADLINE = awaitOthers + write + lookUp + write + 4_000;

/** Milliseconds for the processes of calls once the worker stops: each settles what was begun. */
export const STOP_DEADLINE = SETTLE_DEADLINE + 10_000;

/** Milliseconds until a telephone or a browser has played what was played out here: buffers hold it. */
export const LINE_DELAY = 600;
