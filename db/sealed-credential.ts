import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { OperatorError } from '../runtime/operator-error.ts';

/*
 * A credential at rest: sealed by a data key of its own, which is sealed by the master key that
 * lives outside the database. AES-256-GCM twice; 96-bit random nonces (NIST SP 800-38D, 8.2.2).
 *
 *   version (1 byte) | data key sealed: nonce 12, tag 16, key 32 | credential sealed: nonce 12, tag 16, text
 */
const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const KEY = 32;
const SEALED_KEY = NONCE + TAG + KEY;

/** Where a credential belongs. It is bound to the place: moved to another row it no longer opens. */
export interface CredentialPlace {
  organizationId: string;
  /** "table.column". */
  column: string;
  rowId: string;
}

/** The sealed value cannot be opened: a wrong master key, a moved row, or damaged bytes. */
export class SealedCredentialError extends OperatorError {
  override readonly name = 'SealedCredentialError';
}

/** Seals a credential for one place under the master key. */
export function sealCredential(plain: string, place: CredentialPlace, masterKey: Buffer): Buffer {
  const dataKey = randomBytes(KEY);
  return Buffer.concat([
    Buffer.of(VERSION),
    seal(dataKey, masterKey, boundTo(place, 'data-key')),
    seal(Buffer.from(plain, 'utf8'), dataKey, boundTo(place, 'credential')),
  ]);
}

/**
 * Opens what {@link sealCredential} sealed.
 * @throws {SealedCredentialError}
 */
export function openCredential(sealed: Buffer, place: CredentialPlace, masterKey: Buffer): string {
  const { sealedKey, sealedText } = split(sealed);
  const dataKey = open(sealedKey, masterKey, boundTo(place, 'data-key'));
  return open(sealedText, dataKey, boundTo(place, 'credential')).toString('utf8');
}

/** Whether the master key is the one that this was sealed with; the credential itself is not opened. */
export function isSealedUnder(sealed: Buffer, place: CredentialPlace, masterKey: Buffer): boolean {
  try {
    open(split(sealed).sealedKey, masterKey, boundTo(place, 'data-key'));
    return true;
  } catch (error) {
    if (error instanceof SealedCredentialError) return false;
    throw error;
  }
}

/**
 * Seals the data key anew under another master key; the credential itself is not opened.
 * @throws {SealedCredentialError} when the old master key is not the one it was sealed with
 */
export function resealCredential(
  sealed: Buffer,
  place: CredentialPlace,
  keys: { from: Buffer; to: Buffer },
): Buffer {
  const { sealedKey, sealedText } = split(sealed);
  const dataKey = open(sealedKey, keys.from, boundTo(place, 'data-key'));
  return Buffer.concat([
    Buffer.of(VERSION),
    seal(dataKey, keys.to, boundTo(place, 'data-key')),
    sealedText,
  ]);
}

function boundTo(place: CredentialPlace, part: string): Buffer {
  return Buffer.from(
    JSON.stringify([VERSION, part, place.organizationId, place.column, place.rowId]),
  );
}

function split(sealed: Buffer): { sealedKey: Buffer; sealedText: Buffer } {
  if (sealed[0] !== VERSION || sealed.length < 1 + SEALED_KEY + NONCE + TAG) {
    throw new SealedCredentialError('The sealed credential is damaged or of an unknown version.');
  }
  return {
    sealedKey: sealed.subarray(1, 1 + SEALED_KEY),
    sealedText: sealed.subarray(1 + SEALED_KEY),
  };
}

function seal(plain: Buffer, key: Buffer, associated: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

function open(sealed: Buffer, key: Buffer, associated: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(associated).setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
  } catch (cause) {
    throw new SealedCredentialError(
      'The credential cannot be opened: SLOTLINE_MASTER_KEY is not the key it was sealed with, or the row was changed.',
      { cause },
    );
  }
}
