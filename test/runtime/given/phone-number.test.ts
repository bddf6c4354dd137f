import { describe, expect, it } from 'vitest';
import { PhoneNumberSchema, readPhoneNumber, toE164 } from '../../../runtime/given/phone-number.ts';

describe('the reader of phone numbers', () => {
  it.each([
    ['+44 (0)20 7946 0123', '+442079460123'],
    ['+44020 7946 0123', '+442079460123'],
    ['0044 (0)20 7946 0123', '+442079460123'],
    ['(00)44 20 7946 0123', '+442079460123'],
    ['+41(0)44 668 18 00', '+41446681800'],
    ['+39 06 1234 5678', '+390612345678'],
    ['+٤٤ ٢٠ ٧٩٤٦ ٠١٢٣', '+442079460123'],
    ['\u2066+1 (202) 555-0123\u2069', '+12025550123'],
    ['+15550100001', '+15550100001'],
  ])('reads %s as %s', (text, number) => {
    expect(PhoneNumberSchema.parse(text)).toBe(number);
    expect(PhoneNumberSchema.parse(number)).toBe(number);
  });

  it.each([
    ['2025550123', 'country code'],
    ['call me', 'country code'],
    ['', 'country code'],
    ['+1 202 555', 'digits'],
    ['+12025550123 x5', 'extension'],
    [`+1${'2'.repeat(100_000)}`, 'country code'],
  ])('refuses %s', (text, why) => {
    expect(PhoneNumberSchema.safeParse(text).error?.issues[0]?.message).toContain(why);
  });

  it('takes one without its country for one of the country that was called', () => {
    expect(toE164('020 7946 0123', '+442079460999')).toBe('+442079460123');
    expect(toE164('442079460123', '+442079460999')).toBe('+442079460123');
    expect(toE164('0049 30 987654', '+442079460999')).toBe('+4930987654');
    expect(toE164('0044 20 7946 0123', '+12125550100')).toBe('+442079460123');
    expect(toE164('011 44 20 7946 0123', '+12125550100')).toBe('+442079460123');
    expect(toE164('5550100', '+12125550100')).toBe(null);
  });

  it('says what it cannot write', () => {
    expect(readPhoneNumber('+12025550123 ext. 5')).toMatchObject({ extension: '5', country: 'US' });
    expect(toE164('+12025550123 ext. 5')).toBe(null);
  });
});
