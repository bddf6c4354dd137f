/** A tone of 300 Hz as a caller's sound has it: 16 kHz, mono. */
export function tone(seconds: number): Int16Array {
  return Int16Array.from({ length: Math.round(seconds * 16_000) }, (_, index) =>
    Math.round(8_000 * Math.sin((index * 2 * Math.PI * 300) / 16_000)),
  );
}

interface MadeWave {
  samples: Int16Array;
  rate?: number;
  channels?: number;
  bits?: number;
  format?: number;
  /** WAVE_FORMAT_EXTENSIBLE, which names the same format further behind. */
  extensible?: boolean;
  /** Chunks between format and sound, by their names of four letters. */
  before?: Record<string, string>;
}

/** A WAV file; what its header claims need not be true. */
export function madeWave(made: MadeWave): Buffer {
  const { samples, rate = 16_000, channels = 1, bits = 16, format = 1 } = made;
  const extensible = made.extensible === true;
  const head = Buffer.alloc(extensible ? 40 : 16);
  head.writeUInt16LE(extensible ? 0xff_fe : format, 0);
  head.writeUInt16LE(channels, 2);
  head.writeUInt32LE(rate, 4);
  head.writeUInt32LE((rate * channels * bits) / 8, 8);
  head.writeUInt16LE((channels * bits) / 8, 12);
  head.writeUInt16LE(bits, 14);
  if (extensible) {
    head.writeUInt16LE(22, 16);
    head.writeUInt16LE(format, 24);
  }
  const sound = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('fmt ', head),
    ...Object.entries(made.before ?? {}).map(([name, text]) => chunk(name, Buffer.from(text))),
    chunk('data', sound),
  ]);
  return chunk('RIFF', body);
}

/** RIFF pads every chunk to an even length. */
function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}
