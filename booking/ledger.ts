export { bookThroughLedger } from './ledger/book.ts';
export { cancelThroughLedger, rescheduleThroughLedger } from './ledger/change.ts';
export type {
  CancelRequest,
  LedgerContext,
  LedgerEntry,
  LedgerOutcome,
  MoveRequest,
} from './ledger/ledger-context.ts';
