import { once } from 'node:events';
import { WebSocket } from 'ws';

/** `SignalResponse.refresh_token` (field 16, a string) of LiveKit's protocol begins with this. */
const REFRESH_TOKEN = Buffer.from([0x82, 0x01]);

/**
 * Joins with a token as far as LiveKit's signalling goes, and leaves with the token that it gives to
 * everybody who is in a room: the same again, good for ten minutes more.
 */
export async function takeRefreshedToken(url: string, token: string): Promise<string> {
  const address = new URL('/rtc', url);
  address.searchParams.set('access_token', token);
  address.searchParams.set('protocol', '15');
  const socket = new WebSocket(address);
  try {
    for (;;) {
      const [message] = (await once(socket, 'message')) as [Buffer];
      const refreshed = readRefreshedToken(message);
      if (refreshed !== null) return refreshed;
    }
  } finally {
    socket.close();
  }
}

function readRefreshedToken(message: Buffer): string | null {
  if (!message.subarray(0, 2).equals(REFRESH_TOKEN)) return null;
  let length = 0;
  let at = 2;
  for (let shift = 0, more = true; more; shift += 7, at += 1) {
    const byte = message[at] ?? 0;
    length |= (byte & 0x7f) << shift;
    more = byte > 0x7f;
  }
  return message.toString('utf8', at, at + length);
}
