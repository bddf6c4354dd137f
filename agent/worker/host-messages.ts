import type { AssignedCall } from './livekit-worker.ts';

/** From the worker to a host. */
export type ToHost =
  /** `holder` is the host, as rows of calls name it. */
  | { kind: 'serve'; call: AssignedCall; holder: string }
  /** The call is to end: LiveKit wants it, or the worker stops. */
  | { kind: 'end'; id: string }
  | { kind: 'ping' };

/** From a host to the worker. */
export type FromHost =
  /** Loaded: calls can be given to it. */
  | { kind: 'ready' }
  /** Everything of the call is written, and its room closed. */
  | { kind: 'over'; id: string }
  /** An error that nobody caught may have left anything behind. */
  | { kind: 'worn' }
  | { kind: 'pong'; residentBytes: number };
