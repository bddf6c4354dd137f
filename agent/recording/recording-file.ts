import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import {
  HEADER_LENGTH,
  playingTime,
  SIDES,
  waveHeader,
} from '../../calls/recordings/wave-format.ts';

/** How long a file is, by both measures. */
export interface FileLength {
  bytes: number;
  milliseconds: number;
}

/** A recording that is being written. */
export class RecordingFile {
  readonly #file: FileHandle;
  #sound = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws the error of the file system, also where the file is there */
  static async create(this: void, path: string): Promise<RecordingFile> {
    const file = await open(path, 'wx', 0o600);
    await file.write(waveHeader(0));
    return new RecordingFile(file);
  }

  /** Adds sound; to be called once the call before has ended. @throws the error of the file system */
  async add(sound: Uint8Array): Promise<void> {
    let written = 0;
    while (written < sound.length) {
      const at = HEADER_LENGTH + this.#sound;
      const { bytesWritten } = await this.#file.write(sound, written, sound.length - written, at);
      written += bytesWritten;
      this.#sound += bytesWritten;
    }
  }

  /** Says in the file how long it is, and closes it. @throws the error of the file system */
  async close(): Promise<FileLength> {
    try {
      return await finish(this.#file, this.#sound);
    } finally {
      await this.#file.close();
    }
  }
}

/** Makes a file whole whose process died while it wrote it. @throws the error of the file system */
export async function mendRecording(path: string): Promise<FileLength> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    return await finish(file, Math.max(0, size - HEADER_LENGTH));
  } finally {
    await file.close();
  }
}

async function finish(file: FileHandle, sound: number): Promise<FileLength> {
  // One side may be a sample longer where it broke off.
  const length = sound - (sound % SIDES);
  await file.write(waveHeader(length), 0, HEADER_LENGTH, 0);
  await file.truncate(HEADER_LENGTH + length);
  return { bytes: HEADER_LENGTH + length, milliseconds: playingTime(length) };
}
