/** G.711 companding (ITU-T G.711): 8-bit µ-law and A-law, 8 kHz mono, as telephone lines carry it. */

const MU_LAW_BIAS = 0x84;
const MU_LAW_CLIP = 32_635;

export function decodeMuLaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, muLawSample);
}

export function encodeMuLaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, muLawByte);
}

export function decodeALaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, aLawSample);
}

export function encodeALaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, aLawByte);
}

function muLawSample(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = (((code & 0x0f) << 3) + MU_LAW_BIAS) << ((code & 0x70) >> 4);
  return code & 0x80 ? MU_LAW_BIAS - magnitude : magnitude - MU_LAW_BIAS;
}

function muLawByte(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), MU_LAW_CLIP) + MU_LAW_BIAS;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  const sign = sample < 0 ? 0x80 : 0;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function aLawSample(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code & 0x70) >> 4;
  const mantissa = (code & 0x0f) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

function aLawByte(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767);
  if (magnitude < 256) return (sign | (magnitude >> 4)) ^ 0x55;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}
