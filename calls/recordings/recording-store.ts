/** Bytes of an object, the last one too, as HTTP counts them. */
export interface ByteRange {
  first: number;
  last: number;
}

/** Where recordings of calls lie. A key is the name of an object, and nobody can guess it. */
export interface RecordingStore {
  /**
   * Names the place, the same from whichever process and for as long as it is that place: what was put
   * into another one is not looked for in this one.
   * @throws {RecordingStoreError} also where nothing was ever put there
   */
  name(): Promise<string>;
  /** Puts a file there, in place of one that is there. @throws {RecordingStoreError} */
  put(key: string, file: string): Promise<void>;
  /** Writes what is there into a new file. @throws {RecordingStoreError} also where there is none */
  copyTo(key: string, file: string): Promise<void>;
  /**
   * Reads bytes of what is there, from the first to the last one named, as they are asked for. An end
   * that is not waited for leaves nothing open.
   * @throws {RecordingStoreError} also where there is none
   */
  read(key: string, range: ByteRange): AsyncIterable<Uint8Array>;
  /** Deletes what is there; what is not is deleted. @throws {RecordingStoreError} */
  delete(key: string): Promise<void>;
}

/** A place of recordings does not answer, or refuses; the message says which and why. */
export class RecordingStoreError extends Error {
  override readonly name = 'RecordingStoreError';
}

/** The name of the object of a part. */
export function recordingKey(id: string): string {
  return `${id}.wav`;
}
