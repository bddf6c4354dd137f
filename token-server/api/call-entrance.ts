import type { TokenSigner } from '../visitor-token.ts';

/** Where a browser joins a call. */
export interface CallEntrance extends TokenSigner {
  /** Of LiveKit, as browsers reach it. */
  publicUrl: string;
  /** The rehearsal model stands in for the real one. */
  rehearsal: boolean;
}
