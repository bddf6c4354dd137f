import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MasterKeyError, parseMasterKey } from '../../runtime/master-key.ts';

const key = randomBytes(32);
const text = key.toString('base64');

describe('a master key', () => {
  it.each([
    ['as openssl writes it', text],
    ['without its padding', text.replace('=', '')],
    ['in the alphabet of addresses', key.toString('base64url')],
  ])('is read %s', (_, written) => {
    expect(parseMasterKey(written)).toEqual(key);
  });

  it.each([
    ['too short', 'c2hvcnQ='],
    ['one byte too long', randomBytes(33).toString('base64')],
    ['with a character that is none', `${text.slice(0, 20)}%${text.slice(20)}`],
    ['with a line break inside', `${text.slice(0, 20)}\n${text.slice(20)}`],
    ['in hexadecimal', key.toString('hex')],
    ['with something behind it', `${text} # the new one`],
    ['all zero', Buffer.alloc(32).toString('base64')],
    ['of one byte', Buffer.alloc(32, 7).toString('base64')],
    ['of a short word', Buffer.alloc(32, 'slotline').toString('base64')],
    ['empty', ''],
  ])('is refused %s, saying how to make one', (_, written) => {
    expect(() => parseMasterKey(written)).toThrow(MasterKeyError);
    expect(() => parseMasterKey(written)).toThrow('openssl rand -base64 32');
  });

  it('is never repeated in the error', () => {
    const wrong = `${text}x`;
    expect(() => parseMasterKey(wrong)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(text) }),
    );
  });
});
