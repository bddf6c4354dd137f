import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { RecordingStoreError } from './recording-store.ts';
import type { ByteRange, RecordingStore } from './recording-store.ts';

/** In it stands which folder it is: one that is not there, or not mounted, is not taken for empty. */
const MARK = 'slotline-recordings.id';

/** A folder of this machine, or of one that is mounted. */
export class FolderStore implements RecordingStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async name(): Promise<string> {
    const mark = await this.#do(() => readFile(this.#markFile, 'utf8').catch(unlessMissing));
    if (mark !== null) return `folder:${mark.trim()}`;
    throw new RecordingStoreError(
      `The folder ${this.#folder} has no recordings, or is not mounted: the worker stores them in its RECORDINGS_FOLDER.`,
    );
  }

  async put(key: string, file: string): Promise<void> {
    await this.#mark();
    await this.#do(async () => {
      const target = join(this.#folder, key);
      try {
        await link(file, target);
        return;
      } catch (error) {
        // On other file systems, and on some of their own, it has to be copied.
        if (codeOf(error) === 'EEXIST') return;
      }
      const unfinished = this.#unfinished(key);
      try {
        // One of a process that was killed has its place taken, and goes with the object.
        await rm(unfinished, { force: true });
        await copyPrivately(file, unfinished);
        await rename(unfinished, target);
      } finally {
        await rm(unfinished, { force: true });
      }
    });
  }

  async copyTo(key: string, file: string): Promise<void> {
    await this.#do(() => copyPrivately(join(this.#folder, key), file));
  }

  async *read(key: string, { first, last }: ByteRange): AsyncIterable<Uint8Array> {
    const file = await this.#do(() => open(join(this.#folder, key), 'r'));
    try {
      const stream = file.createReadStream({ start: first, end: last, autoClose: false });
      for await (const bytes of stream) yield bytes as Uint8Array;
    } catch (cause) {
      throw new RecordingStoreError(`${key} could not be read to its end.`, { cause });
    } finally {
      await file.close();
    }
  }

  async delete(key: string): Promise<void> {
    await this.#do(async () => {
      await rm(join(this.#folder, key), { force: true });
      await rm(this.#unfinished(key), { force: true });
    });
  }

  /** Where an object lies while it is copied. */
  #unfinished(key: string): string {
    return join(this.#folder, `.${key}.part`);
  }

  get #markFile(): string {
    return join(this.#folder, MARK);
  }

  /** Marks a folder that is new. */
  async #mark(): Promise<void> {
    await this.#do(async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(this.#markFile, `${randomUUID()}\n`, { flag: 'wx', mode: 0o600 }).catch(
        (error: unknown) => {
          if (codeOf(error) !== 'EEXIST') throw error;
        },
      );
    });
  }

  async #do<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const reason = codeOf(cause) ?? 'it failed';
      throw new RecordingStoreError(`The folder ${this.#folder} cannot be used: ${reason}.`, {
        cause,
      });
    }
  }
}

/** Copies into a new file that nobody else can read, whatever the folder and the umask allow. */
async function copyPrivately(from: string, to: string): Promise<void> {
  const source = await open(from, 'r');
  try {
    await pipeline(source.createReadStream(), createWriteStream(to, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') await rm(to, { force: true });
    throw error;
  }
}

function unlessMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
