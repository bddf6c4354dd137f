import { describe, expect, it } from 'vitest';
import { faultOfAddress, toNetwork } from '../../../calls/trunks/allowed-addresses.ts';

describe('an allowed address', () => {
  it.each(['203.0.113.7', '203.0.113.0/24', '10.0.0.0/8', '2001:db8::7', '2001:db8::/32'])(
    'may be %s',
    (address) => {
      expect(faultOfAddress(address, false)).toBeNull();
    },
  );

  it.each([
    'sip.example.com',
    '',
    '203.0.113',
    '203.0.113.7/',
    '203.0.113.7/+8',
    '203.0.113.7/024',
    '203.0.113.0/24/8',
    '203.0.113.7:5060',
    '[2001:db8::7]',
    'fe80::1%eth0',
    '::ffff:203.0.113.7',
    '203.0.113.7/30',
  ])('cannot be %j, with a password or without', (address) => {
    expect(faultOfAddress(address, true)).not.toBeNull();
  });

  it.each(['0.0.0.0/0', '128.0.0.0/1', '::/0', '2000::/3'])(
    'is %s only where a password keeps strangers out',
    (address) => {
      expect(faultOfAddress(address, false)).toContain('almost anybody');
      expect(faultOfAddress(address, true)).toBeNull();
    },
  );

  it('is written as a network for LiveKit', () => {
    expect(toNetwork('203.0.113.7')).toBe('203.0.113.7/32');
    expect(toNetwork('2001:db8::7')).toBe('2001:db8::7/128');
    expect(toNetwork('203.0.113.0/24')).toBe('203.0.113.0/24');
  });
});
