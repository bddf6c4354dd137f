import type { OpenCall } from '../call/open-call.ts';
import type { PhoneCaller } from './phone-caller.ts';

/** A call that was let in, with what is special to the line it came by. */
export interface Line {
  call: OpenCall;
  /** As the page knows it; null by phone. */
  callerName: string | null;
  /** Null on the web. */
  phone: PhoneLine | null;
}

export interface PhoneLine {
  caller: PhoneCaller;
  roomName: string;
}
