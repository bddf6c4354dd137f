import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  SealedCredentialError,
  openCredential,
  sealCredential,
} from '../../db/sealed-credential.ts';

const place = { organizationId: randomUUID(), column: 'a.b', rowId: randomUUID() };

describe('a sealed credential', () => {
  it('opens with its master key in its place', () => {
    const key = randomBytes(32);
    const sealed = sealCredential('cal_live_secret', place, key);
    expect(openCredential(sealed, place, key)).toBe('cal_live_secret');
    expect(sealed.includes('cal_live_secret')).toBe(false);
  });

  it.each([
    ['another master key', place, randomBytes(32)],
    ['another row', { ...place, rowId: randomUUID() }, undefined],
    ['another organization', { ...place, organizationId: randomUUID() }, undefined],
    ['another column', { ...place, column: 'a.c' }, undefined],
  ])('does not open with %s', (_, otherPlace, otherKey) => {
    const key = randomBytes(32);
    const sealed = sealCredential('cal_live_secret', place, key);
    expect(() => openCredential(sealed, otherPlace, otherKey ?? key)).toThrow(
      SealedCredentialError,
    );
  });

  it('does not open when any byte was changed', () => {
    const key = randomBytes(32);
    const sealed = sealCredential('secret', place, key);
    for (let index = 0; index < sealed.length; index += 1) {
      const damaged = Buffer.from(sealed);
      damaged.writeUInt8(damaged.readUInt8(index) ^ 1, index);
      expect(() => openCredential(damaged, place, key)).toThrow(SealedCredentialError);
    }
  });
});
