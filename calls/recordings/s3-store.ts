import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import aws4 from 'aws4';
import { createTransport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import type { ProxyEnvironment } from '../../runtime/https-proxy.ts';
import { RecordingStoreError } from './recording-store.ts';
import type { ByteRange, RecordingStore } from './recording-store.ts';

/** Milliseconds for one object, up or down. */
const DEADLINE = 600_000;
/** Milliseconds to delete one. */
const DELETE_DEADLINE = 30_000;
/** Bytes of the longest recording: a day of it. */
const LONGEST = 3_000_000_000;
/** Bytes that are asked for at a time: whoever listens may stop for a while, and no connection waits. */
const PIECE = 1_048_576;
/** SHA-256 of nothing. */
const EMPTY = createHash('sha256').digest('hex');

export interface S3Options {
  /** Such as https://s3.eu-central-1.amazonaws.com; it may have a path. */
  endpoint: string;
  bucket: string;
  region: string;
  /** Whether the bucket stands in the path, and not before the host. */
  pathStyle: boolean;
  keyId: string;
  secret: string;
  proxy?: ProxyEnvironment | undefined;
}

/** A bucket of Amazon S3, or of what speaks its protocol (AWS Signature Version 4). */
export class S3Store implements RecordingStore {
  readonly #options: S3Options;
  readonly #base: URL;
  readonly #fetch: Fetch;

  constructor(options: S3Options) {
    const { endpoint, bucket, pathStyle, proxy } = options;
    this.#options = options;
    this.#base = new URL(endpoint);
    if (pathStyle) this.#base.pathname = `${this.#base.pathname.replace(/\/$/, '')}/${bucket}`;
    else this.#base.hostname = `${bucket}.${this.#base.hostname}`;
    const limits = { deadline: DEADLINE, bodyLimit: LONGEST };
    this.#fetch = createTransport(proxy ? { ...limits, proxy } : limits);
  }

  name(): Promise<string> {
    const { bucket, endpoint } = this.#options;
    return Promise.resolve(`s3:${bucket}@${new URL(endpoint).host}`);
  }

  async put(key: string, file: string): Promise<void> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    const type = 'audio/wav';
    // A blob of a file is read as it is sent, and its length is known: S3 takes no other body.
    const body = await openAsBlob(file, { type });
    const headers = { 'content-type': type, 'x-amz-content-sha256': hash.digest('hex') };
    await discard(await this.#ask('PUT', key, { headers, body }));
  }

  async copyTo(key: string, file: string): Promise<void> {
    const { body } = await this.#ask('GET', key, {});
    try {
      const read = body ? Readable.fromWeb(body) : [];
      await pipeline(read, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    } catch (cause) {
      if (Object(cause).code !== 'EEXIST') await rm(file, { force: true });
      throw new RecordingStoreError(`${key} could not be copied from ${this.#where}.`, { cause });
    }
  }

  async *read(key: string, { first, last }: ByteRange): AsyncIterable<Uint8Array> {
    for (let at = first; at <= last; at += PIECE) {
      const end = Math.min(last, at + PIECE - 1);
      const headers = { range: `bytes=${at}-${end}` };
      const answer = await this.#ask('GET', key, { headers });
      let bytes;
      try {
        bytes = new Uint8Array(await answer.arrayBuffer());
      } catch (cause) {
        throw new RecordingStoreError(`${key} could not be read from ${this.#where}.`, { cause });
      }
      if (answer.status !== 206 || bytes.length !== end - at + 1) {
        throw new RecordingStoreError(
          `${upper(this.#where)} answers other bytes than were asked for.`,
        );
      }
      yield bytes;
    }
  }

  async delete(key: string): Promise<void> {
    await discard(
      await this.#ask('DELETE', key, {
        isGoneRight: true,
        signal: AbortSignal.timeout(DELETE_DEADLINE),
      }),
    );
  }

  get #where(): string {
    return `the bucket ${this.#options.bucket} at ${new URL(this.#options.endpoint).host}`;
  }

  /** @throws {RecordingStoreError} it does not answer, or anything but that it is done */
  async #ask(
    method: string,
    key: string,
    { headers = {}, body, signal, isGoneRight = false }: Request,
  ): Promise<Response> {
    const { region, keyId, secret } = this.#options;
    const url = new URL(`${this.#base.pathname.replace(/\/$/, '')}/${key}`, this.#base);
    const signed = aws4.sign(
      {
        method,
        service: 's3',
        region,
        host: url.host,
        path: url.pathname,
        headers: { 'x-amz-content-sha256': EMPTY, ...headers },
      },
      { accessKeyId: keyId, secretAccessKey: secret },
    );
    // It is the connection's own, and the same.
    const { Host: _, ...sent } = signed.headers as Record<string, string>;
    let answer;
    try {
      answer = await this.#fetch(url.href, {
        method,
        headers: sent,
        redirect: 'manual',
        ...(body ? { body } : {}),
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'unknown';
      throw new RecordingStoreError(`${upper(this.#where)} does not answer: ${reason}.`, { cause });
    }
    if (answer.ok) return answer;
    const code = codeOf(await answer.text().catch(() => ''));
    if (isGoneRight && answer.status === 404 && code !== 'NoSuchBucket') return answer;
    const told = code === null ? '' : ` ${code}`;
    throw new RecordingStoreError(`${upper(this.#where)} refuses: ${answer.status}${told}.`);
  }
}

interface Request {
  headers?: Record<string, string>;
  body?: Blob;
  signal?: AbortSignal;
  /** Whether what is not there is as it should be. */
  isGoneRight?: boolean;
}

/** S3's name of an error, such as AccessDenied: its words may name anything. */
function codeOf(xml: string): string | null {
  return /<Code>(\w{1,60})<\/Code>/.exec(xml)?.[1] ?? null;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A connection is free again once its answer was read. It is not cancelled: undici then rejects a promise
 * that nobody can catch.
 */
async function discard(answer: Response): Promise<void> {
  await answer.arrayBuffer().catch(() => undefined);
}
