import type { OpenCall } from '../call/open-call.ts';
import type { PhoneCaller } from './phone-caller.ts';

/** A call that was let in, with who is on the line. */
export interface Line {
  call: OpenCall;
  /** As the page knows it; null by phone. */
  callerName: string | null;
  /** Null on the web. */
  phone: PhoneCaller | null;
}
