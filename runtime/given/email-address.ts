import { domainToASCII, domainToUnicode } from 'node:url';
import { z } from 'zod';
import { withoutInvisible } from './invisible-characters.ts';

/** RFC 5321, 4.5.3.1: a path is 256 octets with its brackets, a local part 64. */
const LONGEST = 254;
const LONGEST_LOCAL_PART = 64;
/** A dot-atom (RFC 5322, 3.2.3), in any script (RFC 6531). */
const LOCAL_PART =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** What ends a host in a URL or is decoded there: `domainToASCII` would read past it. */
const NOT_OF_A_DOMAIN = /[\s/\\?#%:@[\]]/;
/** Two labels at least, the last one no number (RFC 1123, 2.1). */
const DOMAIN =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The one rule of an e-mail address. It comes out in small letters, without invisible characters,
 * and with an international domain in the form that every mail server takes (`xn--…`).
 */
export const EmailAddressSchema = z.string().transform((text, context) => {
  const address = readAddress(text);
  if (address !== null) return address;
  context.addIssue({
    code: 'custom',
    message: 'must be an e-mail address, such as mary@example.com',
  });
  return z.NEVER;
});

/** Whether `EmailAddressSchema` takes it. */
export function isEmailAddress(text: string | null): boolean {
  return text !== null && readAddress(text) !== null;
}

/** An address as people write it: an international domain in its own letters. */
export function sayEmailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at + 1)}${domainToUnicode(address.slice(at + 1)) || address.slice(at + 1)}`;
}

function readAddress(text: string): string | null {
  if (text.length > 2 * LONGEST) return null;
  const written = withoutInvisible(text).trim().replaceAll('＠', '@').toLowerCase();
  const at = written.lastIndexOf('@');
  const local = written.slice(0, at);
  const domain = written.slice(at + 1);
  if (at < 1 || !LOCAL_PART.test(local) || Buffer.byteLength(local) > LONGEST_LOCAL_PART) {
    return null;
  }
  const ascii = NOT_OF_A_DOMAIN.test(domain) ? '' : domainToASCII(domain);
  const address = `${local}@${ascii}`;
  return DOMAIN.test(ascii) && Buffer.byteLength(address) <= LONGEST ? address : null;
}
