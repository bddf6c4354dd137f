import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordingStoreError } from './recording-store.ts';
import type { RecordingStore } from './recording-store.ts';

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
      const unfinished = join(this.#folder, `.${key}.${randomUUID()}`);
      try {
        await copyFile(file, unfinished, constants.COPYFILE_EXCL);
        await rename(unfinished, target);
      } finally {
        await rm(unfinished, { force: true });
      }
    });
  }

  async copyTo(key: string, file: string): Promise<void> {
    await this.#do(() => copyFile(join(this.#folder, key), file, constants.COPYFILE_EXCL));
  }

  async delete(key: string): Promise<void> {
    await this.#do(() => rm(join(this.#folder, key), { force: true }));
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

function unlessMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
