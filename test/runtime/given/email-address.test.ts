import { describe, expect, it } from 'vitest';
import { EmailAddressSchema, sayEmailAddress } from '../../../runtime/given/email-address.ts';

describe('the rule of an e-mail address', () => {
  it.each([
    [' Mary.Smith@Example.COM ', 'mary.smith@example.com', 'capitals'],
    ["o'hara+clinic_1@mail.example.co.uk", "o'hara+clinic_1@mail.example.co.uk", 'signs'],
    ['mary@bücher.example', 'mary@xn--bcher-kva.example', 'an international domain'],
    ['mary@xn--bcher-kva.example', 'mary@xn--bcher-kva.example', 'the same, written for servers'],
    ['mary@例子.广告', 'mary@xn--fsqu00a.xn--4rr70v', 'an international top level'],
    ['mary@نامه\u200cای.example', 'mary@xn--mgba3gch31f060k.example', 'a joiner in a domain'],
    ['jörg@bücher.example', 'jörg@xn--bcher-kva.example', 'an international local part'],
    ['\u2066ma\u200bry@exam\u00adple.com\ufeff', 'mary@example.com', 'invisible characters'],
    ['mary＠example。com', 'mary@example.com', 'wide signs'],
    [`${'m'.repeat(64)}@example.com`, `${'m'.repeat(64)}@example.com`, 'the longest local part'],
  ])('takes %j as %j: %s', (given, address) => {
    expect(EmailAddressSchema.parse(given)).toBe(address);
    expect(EmailAddressSchema.parse(address)).toBe(address);
  });

  it.each([
    '',
    'mary',
    'mary@',
    '@example.com',
    'mary@example',
    'mary smith@example.com',
    'a@b@example.com',
    'a@b..com',
    '.mary@example.com',
    'mary.@example.com',
    'ma..ry@example.com',
    'mary@127.0.0.1',
    'mary@[127.0.0.1]',
    'mary@example.com/x',
    'mary@exam%70le.com',
    'mary@-example.com',
    'mary@exam_ple.com',
    'mary@example.com:25',
    'mary@example.com\r\nBcc: eve@example.com',
    'Mary <mary@example.com>',
    `${'m'.repeat(65)}@example.com`,
    `mary@${'m'.repeat(64)}.com`,
    `mary@${'m.'.repeat(130)}com`,
  ])('refuses %j', (given) => {
    expect(EmailAddressSchema.safeParse(given).error?.issues[0]?.message).toContain('mary@example');
  });

  it('says an address in the letters of its domain', () => {
    expect(sayEmailAddress('jörg@xn--bcher-kva.example')).toBe('jörg@bücher.example');
    expect(sayEmailAddress('mary@example.com')).toBe('mary@example.com');
  });
});
