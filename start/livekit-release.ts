import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createTransport } from '../runtime/http-transport.ts';
import { pipeline } from 'node:stream/promises';

/** The version that Slotline is tested with; `go install` refuses later ones (their go.mod replaces modules). */
export const LIVEKIT_VERSION = '1.13.5';

const LIVEKIT_RELEASES = 'https://github.com/livekit/livekit/releases/download';

/**
 * SHA-256 of release archives, by version and archive. An archive that is not listed is checked
 * against checksums.txt of the same release, which guards against a damaged download but not
 * against a release that was replaced: list it here to guard against that too.
 *
 * The three sums were taken from what several public projects recorded independently when they
 * downloaded the release, not from a download of our own.
 */
const PINNED_SUMS: Readonly<Record<string, string>> = {
  'livekit_1.13.5_linux_amd64.tar.gz':
    'c020fac437b7cc9b776eef1ad5ea8af77be9acfa07602eca20a3a44930dfbc70',
  'livekit_1.13.5_linux_arm64.tar.gz':
    '332015305518765fe05bad74fc3a9d9583e635e7dd130de3c4fc563d69c550f3',
  'livekit_1.13.5_windows_amd64.zip':
    '3ec7eaa76ef64063bf21f78364733703e0969612cb92ffd60661ed45fa4a8906',
};

/** The download did not have the sum it must have. */
export class ChecksumMismatchError extends Error {
  override name = 'ChecksumMismatchError';

  constructor(archive: string, expected: string, actual: string) {
    super(`${archive} has the SHA-256 ${actual}, not ${expected}: it was discarded`);
  }
}

/** The release server could not be reached, hung, or has no such file. */
export class ReleaseUnreachableError extends Error {
  override name = 'ReleaseUnreachableError';
}

/** LiveKit's releases hold Linux and Windows only; undefined for any other platform. */
export function releaseArchive(
  platform: NodeJS.Platform,
  architecture: string,
): string | undefined {
  const name = `${platform}-${architecture}`;
  const endings: Record<string, string> = {
    'linux-x64': 'linux_amd64.tar.gz',
    'linux-arm64': 'linux_arm64.tar.gz',
    'linux-arm': 'linux_armv7.tar.gz',
    'win32-x64': 'windows_amd64.zip',
    'win32-arm64': 'windows_arm64.zip',
  };
  const ending = endings[name];
  return ending && `livekit_${LIVEKIT_VERSION}_${ending}`;
}

export interface ReleaseOptions {
  /** Default: LiveKit's releases on GitHub. */
  releases?: string;
  pinnedSums?: Readonly<Record<string, string>>;
  /** Milliseconds until a server must have answered; default 3 000. */
  connectWithin?: number;
  /** Milliseconds that a running download may pause; default 10 000. */
  resumeWithin?: number;
  /** Receives how much has come, now and then. */
  report: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Downloads an archive of the pinned release into a file and checks its sum.
 *
 * @throws ReleaseUnreachableError, ChecksumMismatchError
 */
export async function downloadRelease(
  archive: string,
  target: string,
  options: ReleaseOptions,
): Promise<void> {
  const base = `${options.releases ?? LIVEKIT_RELEASES}/v${LIVEKIT_VERSION}`;
  const pinned = (options.pinnedSums ?? PINNED_SUMS)[archive];
  const expected = pinned ?? (await publishedSum(`${base}/checksums.txt`, archive, options));
  const hash = createHash('sha256');
  await pipeline(
    download(`${base}/${archive}`, options),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(target, { mode: 0o600 }),
  );
  const actual = hash.digest('hex');
  if (actual !== expected) throw new ChecksumMismatchError(archive, expected, actual);
}

async function publishedSum(
  url: string,
  archive: string,
  options: ReleaseOptions,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of download(url, { ...options, report: () => undefined })) {
    chunks.push(chunk);
  }
  for (const line of Buffer.concat(chunks).toString('utf8').split('\n')) {
    const [sum, name] = line.trim().split(/\s+/);
    if (name === archive && sum && /^[0-9a-f]{64}$/.test(sum)) return sum;
  }
  throw new ReleaseUnreachableError(`${url} lists no sum for ${archive}`);
}

/** An archive is of 20 to 40 MB, and comes over lines that are slow; who stalls is given up before. */
const transport = createTransport({ bodyLimit: 200_000_000, deadline: 30 * 60_000 });

/** Yields a file's bytes; a server that does not answer, or stops in the middle, is given up. */
async function* download(url: string, options: ReleaseOptions): AsyncGenerator<Uint8Array> {
  const giveUp = new AbortController();
  const signal = AbortSignal.any([options.signal, giveUp.signal]);
  let timer = setTimeout(() => giveUp.abort(), options.connectWithin ?? 3_000);
  try {
    const answer = await transport(url, { signal });
    if (!answer.ok || !answer.body) {
      throw new ReleaseUnreachableError(`${url} answered ${answer.status}`);
    }
    const total = Number(answer.headers.get('content-length') ?? 0);
    let received = 0;
    let said = performance.now();
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp.abort(), options.resumeWithin ?? 10_000);
      received += chunk.length;
      if (performance.now() - said > 1_000) {
        said = performance.now();
        options.report(`${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''} MB`);
      }
      yield chunk;
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof ReleaseUnreachableError) throw error;
    const reason = giveUp.signal.aborted ? 'did not answer in time' : 'cannot be reached';
    throw new ReleaseUnreachableError(`${new URL(url).host} ${reason}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
