import { Room } from 'livekit-client';
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { TokenServer } from '../token-server.ts';
import { createCall, type Call } from './call.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { openMicrophone } from './microphone.ts';

/** The call of this page; hung up when the page's view goes away. */
export function useCall(
  slug: string,
  tokenServer: Pick<TokenServer, 'requestCall'>,
): { call: Call; snapshot: CallSnapshot } {
  const [call] = useState(() =>
    createCall({
      slug,
      tokenServer,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      openMicrophone,
      createRoom: () => new Room(),
      createId: newMessageId,
      now: Date.now,
    }),
  );
  const snapshot = useSyncExternalStore(call.subscribe, call.getSnapshot);
  useEffect(() => () => call.hangUp(), [call]);
  return { call, snapshot };
}

let messages = 0;

/** crypto.randomUUID is missing outside secure contexts, and a number is enough on one page. */
function newMessageId(): string {
  messages += 1;
  return `typed-${messages}`;
}
