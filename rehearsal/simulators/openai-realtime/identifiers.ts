import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export type IdentifierPrefix = 'sess' | 'conv' | 'event' | 'item' | 'resp' | 'call';

/** Makes ids of the form the real service uses: a prefix and 21 letters or digits (`item_…`). */
export type CreateIdentifier = (prefix: IdentifierPrefix) => string;

export const createRandomIdentifier: CreateIdentifier = (prefix) => {
  let id = `${prefix}_`;
  for (const byte of randomBytes(21)) id += ALPHABET[byte % ALPHABET.length];
  return id;
};
