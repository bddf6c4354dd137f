import { createHmac } from 'node:crypto';
import { MACHINE_CLOCK } from './test-clock.ts';

/**
 * RFC 6238 with SHA-1, six digits and half a minute, as authenticator apps do it.
 * @param ahead the code that follows the present one: each is good once
 */
export function totp(secret: string, ahead: 0 | 1 = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(MACHINE_CLOCK.now().getTime() / 30_000) + ahead));
  const digest = createHmac('sha1', base32(secret)).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const bits = Array.from(text.replace(/=+$/, ''))
    .map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
