import { describe, expect, it } from 'vitest';
import { likelyAddress } from '../../../booking/spelled/common-domains.ts';

describe('a domain that is nearly a common one', () => {
  it.each([
    ['gmail.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.cm', 'gmail.com'],
    ['gmail.om', 'gmail.com'],
    ['gmail.comm', 'gmail.com'],
    ['gamil.com', 'gmail.com'],
    ['gmial.com', 'gmail.com'],
    ['gmil.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmali.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gamil.con', 'gmail.com'],
    ['GMAIL.CON', 'gmail.com'],
    ['gmail', 'gmail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotmail.con', 'hotmail.com'],
    ['hotmil.com', 'hotmail.com'],
    ['hotmall.com', 'hotmail.com'],
    ['htomail.com', 'hotmail.com'],
    ['hotmial.co.uk', 'hotmail.co.uk'],
    ['yahoo.co', 'yahoo.com'],
    ['yaho.com', 'yahoo.com'],
    ['yhaoo.com', 'yahoo.com'],
    ['yahooo.com', 'yahoo.com'],
    ['yaho.co.in', 'yahoo.co.in'],
    ['outlok.com', 'outlook.com'],
    ['outllok.com', 'outlook.com'],
    ['outlook.con', 'outlook.com'],
    ['iclud.com', 'icloud.com'],
    ['icluod.com', 'icloud.com'],
    ['icloud', 'icloud.com'],
    ['protonmial.com', 'protonmail.com'],
    ['t-onlin.de', 't-online.de'],
    ['gmx', 'gmx.de'],
    ['web', 'web.de'],
  ])('%s: %s is offered', (domain, likely) => {
    expect(likelyAddress(`mary@${domain}`)).toBe(`mary@${likely}`);
  });

  it.each([
    'gmail.com',
    'googlemail.com',
    'hotmail.co.uk',
    'yahoo.co.in',
    'yahoo.com.br',
    'yahoo.ca',
    'outlook.de',
    'live.nl',
    'gmx.net',
    'proton.me',
    'mail.com',
    'ymail.com',
    'email.com',
    'webmail.example',
    'me.com',
    'example.com',
    'gail.example.com',
    'company.co',
    'xn--bcher-kva.example',
    'gmail.example.com',
    'aola.com',
    'lives.com',
    '',
  ])('nothing is offered for %s', (domain) => {
    expect(likelyAddress(`mary@${domain}`)).toBeNull();
  });
});
