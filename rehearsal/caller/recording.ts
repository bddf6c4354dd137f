import { writeFile } from 'node:fs/promises';

import { sampleRate } from './sound.ts';

/** Sound that arrives this much later than the end of what is recorded is a gap, not jitter, in milliseconds. */
const gap = 120;

/** One side of a call, placed on the call's clock. */
class Side {
  #pieces: { at: number; samples: Int16Array }[] = [];
  #end = 0;

  add(samples: Int16Array, endedAt: number): void {
    const arrived = Math.round((endedAt / 1000) * sampleRate) - samples.length;
    const at = arrived - this.#end > (gap / 1000) * sampleRate ? arrived : this.#end;
    this.#pieces.push({ at, samples: samples.slice() });
    this.#end = at + samples.length;
  }

  get length(): number {
    return this.#end;
  }

  write(into: Int16Array, channel: number): void {
    for (const { at, samples } of this.#pieces) {
      for (let index = 0; index < samples.length; index += 1) {
        into[(at + index) * 2 + channel] = samples[index] ?? 0;
      }
    }
  }
}

/** Both sides of a call: the caller on the left, the agent on the right. */
export class Recording {
  readonly caller = new Side();
  readonly agent = new Side();

  /** A RIFF file, 16-bit stereo at 16 kHz. */
  wave(): Buffer {
    const frames = Math.max(this.caller.length, this.agent.length);
    const sound = new Int16Array(frames * 2);
    this.caller.write(sound, 0);
    this.agent.write(sound, 1);
    const header = Buffer.alloc(44);
    header.write('RIFF', 0, 'latin1');
    header.writeUInt32LE(36 + sound.byteLength, 4);
    header.write('WAVEfmt ', 8, 'latin1');
    header.writeUInt32LE(16, 16);
    header.writeUInt16LE(1, 20);
    header.writeUInt16LE(2, 22);
    header.writeUInt32LE(sampleRate, 24);
    header.writeUInt32LE(sampleRate * 4, 28);
    header.writeUInt16LE(4, 32);
    header.writeUInt16LE(16, 34);
    header.write('data', 36, 'latin1');
    header.writeUInt32LE(sound.byteLength, 40);
    return Buffer.concat([header, Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength)]);
  }

  async save(file: string): Promise<void> {
    await writeFile(file, this.wave());
  }
}
