import { describe, expect, it } from 'vitest';
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from '../../runtime/g711.ts';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('G.711', () => {
  // Values of ITU-T G.711 tables 1a and 2a, scaled to 16 bits.
  it.each([
    [0xff, 0],
    [0x80, 32_124],
    [0x00, -32_124],
    [0xf0, 120],
  ])('decodes µ-law %i as %i', (byte, sample) => {
    expect([...decodeMuLaw(Uint8Array.of(byte))]).toStrictEqual([sample]);
  });

  it.each([
    [0xd5, 8],
    [0x55, -8],
    [0xaa, 32_256],
    [0x2a, -32_256],
  ])('decodes A-law %i as %i', (byte, sample) => {
    expect([...decodeALaw(Uint8Array.of(byte))]).toStrictEqual([sample]);
  });

  it('gives every A-law byte back', () => {
    expect(encodeALaw(decodeALaw(everyByte))).toStrictEqual(everyByte);
  });

  it('gives every µ-law byte back but the second zero', () => {
    const bytes = everyByte.filter((byte) => byte !== 0x7f);
    expect(encodeMuLaw(decodeMuLaw(bytes))).toStrictEqual(bytes);
  });

  it('clips what is too loud', () => {
    expect([...encodeMuLaw(Int16Array.of(32_767, -32_768))]).toStrictEqual([0x80, 0x00]);
    expect([...encodeALaw(Int16Array.of(32_767, -32_768))]).toStrictEqual([0xaa, 0x2a]);
  });
});
