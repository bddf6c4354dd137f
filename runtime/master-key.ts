import { OperatorError } from './operator-error.ts';

const BYTES = 32;
/** Of 32 random bytes about 30 differ; fewer than this are a pattern and not a key. */
const DIFFERENT_BYTES = 16;

/** The text is no master key. */
export class MasterKeyError extends OperatorError {
  override name = 'MasterKeyError';
  /** Completes "NAME …", whatever variable it stands in. */
  readonly fault: string;

  constructor(fault: string) {
    super(`SLOTLINE_MASTER_KEY ${fault}`);
    this.fault = fault;
  }
}

/**
 * Reads a master key from its base64 form, in either alphabet and with or without padding.
 *
 * @throws {MasterKeyError} when it is not 32 bytes, has other characters in it, or nothing random
 */
export function parseMasterKey(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  // Node skips what is not base64: only a text that comes out again was written as a key.
  const isWhole = [key.toString('base64'), key.toString('base64url')].some(
    (written) => written.replace(/=$/, '') === text.replace(/=$/, ''),
  );
  if (key.length !== BYTES || !isWhole) {
    throw new MasterKeyError('must be 32 bytes in base64. Make one with: openssl rand -base64 32');
  }
  if (new Set(key).size < DIFFERENT_BYTES) {
    throw new MasterKeyError(
      'must be random, and this one repeats a few bytes. Make one with: openssl rand -base64 32',
    );
  }
  return key;
}
