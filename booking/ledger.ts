export { bookThroughLedger } from './ledger/book.ts';
export { cancelThroughLedger, rescheduleThroughLedger } from './ledger/change.ts';
export type { LedgerContext, LedgerEntry, LedgerOutcome } from './ledger/ledger-context.ts';
