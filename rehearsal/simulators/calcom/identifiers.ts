import { randomBytes } from 'node:crypto';

/** Base 58: no 0, O, I or l, as in the uids that were recorded. */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A booking's uid: 22 characters. */
export function createBookingUid(): string {
  let uid = '';
  while (uid.length < 22) {
    for (const byte of randomBytes(32)) {
      // Bytes past the last whole multiple would make some letters likelier.
      if (byte < 232 && uid.length < 22) uid += ALPHABET[byte % 58];
    }
  }
  return uid;
}
