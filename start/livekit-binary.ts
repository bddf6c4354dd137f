import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath, findProgram, isExecutable } from './find-program.ts';
import type { Command } from './part.ts';
import { PartDiedError, StartError } from './start-error.ts';
import {
  ChecksumMismatchError,
  downloadRelease,
  LIVEKIT_VERSION,
  releaseArchive,
  ReleaseUnreachableError,
} from './livekit-release.ts';
import type { ReleaseOptions } from './livekit-release.ts';

/** None of the ways led to a LiveKit server. */
export class LivekitServerMissingError extends StartError {
  override name = 'LivekitServerMissingError';

  constructor(reasons: readonly string[]) {
    super(
      [
        'There is no LiveKit server here, and none could be had:',
        ...reasons.map((reason) => `  - ${reason}`),
        'Three ways to get one:',
        `  1. Download livekit-server v${LIVEKIT_VERSION} for your platform from github.com/livekit/livekit/releases` +
          ' (macOS: `brew install livekit`) and put it on the PATH, or set LIVEKIT_SERVER_BIN to it.',
        '  2. Install Go (1.26 or later) and run `npm start` again: it builds the server in about 90 s.',
        '  3. Use a server that runs elsewhere: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.',
        'Without any of them, `npm run console` talks with the receptionist in the terminal, by typing.',
      ].join('\n'),
    );
  }
}

export interface LivekitBinaryOptions extends Pick<
  ReleaseOptions,
  'releases' | 'pinnedSums' | 'connectWithin' | 'resumeWithin' | 'report' | 'signal'
> {
  /** The user's own choice, from LIVEKIT_SERVER_BIN. */
  chosen: string | undefined;
  environment: NodeJS.ProcessEnv;
  /** Folders that may hold a binary of ours. The first that can be written to receives a new one. */
  caches: readonly string[];
  platform?: NodeJS.Platform;
  architecture?: string;
  /** Runs a command to its end, or throws PartDiedError. */
  runToEnd: (command: Command) => Promise<void>;
}

export interface LivekitBinary {
  path: string;
  /** Where it came from, in a few words. */
  origin: string;
}

/**
 * Finds LiveKit server, or gets it: the user's choice, the PATH, the caches, the release (its sum
 * checked), `go install` (checked by Go's own sum database).
 *
 * @throws LivekitServerMissingError that says what was tried and what can be done
 */
export async function getLivekitBinary(options: LivekitBinaryOptions): Promise<LivekitBinary> {
  const platform = options.platform ?? process.platform;
  const ending = platform === 'win32' ? '.exe' : '';
  const { chosen } = options;
  const variable = 'LIVEKIT_SERVER_BIN';
  const wanted = { name: `livekit-server${ending}`, variable, chosen } as const;
  const found = await findProgram(wanted, options.environment);
  if (found) return { path: found, origin: chosen === undefined ? 'from the PATH' : variable };

  const cachedName = `livekit-server-v${LIVEKIT_VERSION}${ending}`;
  for (const cache of options.caches) {
    const cached = join(cache, cachedName);
    if (await isExecutable(cached)) return { path: cached, origin: `v${LIVEKIT_VERSION}` };
  }

  const cache = await firstWritable(options.caches);
  // Beside its final place, so that the last step is a rename: a killed start leaves no half binary.
  const workplace = await mkdtemp(join(cache, 'new-'));
  const target = join(cache, cachedName);
  const reasons: string[] = [];
  try {
    const archive = releaseArchive(platform, options.architecture ?? process.arch);
    if (archive) {
      try {
        const made = await fromRelease(archive, workplace, ending, options);
        await rename(made, target);
        return { path: target, origin: `v${LIVEKIT_VERSION}, downloaded` };
      } catch (error) {
        reasons.push(reasonToGoOn(error, options));
      }
    } else {
      reasons.push(`LiveKit publishes no release for ${platform} ${process.arch}`);
    }
    const go = await findOnPath(`go${ending}`, options.environment);
    if (!go) {
      reasons.push('Go is not installed, so it cannot be built');
      throw new LivekitServerMissingError(reasons);
    }
    try {
      const made = await fromGo(go, workplace, ending, options);
      await rename(made, target);
      return { path: target, origin: `v${LIVEKIT_VERSION}, built` };
    } catch (error) {
      reasons.push(reasonToGoOn(error, options));
      throw new LivekitServerMissingError(reasons);
    }
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

function reasonToGoOn(error: unknown, options: LivekitBinaryOptions): string {
  options.signal.throwIfAborted();
  const expected =
    error instanceof ReleaseUnreachableError ||
    error instanceof ChecksumMismatchError ||
    error instanceof PartDiedError;
  if (!expected) throw error;
  options.report(error.message);
  return error.message;
}

async function fromRelease(
  archive: string,
  workplace: string,
  ending: string,
  options: LivekitBinaryOptions,
): Promise<string> {
  options.report(`LiveKit server v${LIVEKIT_VERSION} is needed once: asking for ${archive}`);
  const file = join(workplace, archive);
  await downloadRelease(archive, file, {
    ...options,
    report: (line) => options.report(`LiveKit server: ${line}`),
  });
  const binary = `livekit-server${ending}`;
  // tar is on every Linux, and Windows' own tar reads zip archives too.
  await options.runToEnd({
    file: 'tar',
    arguments: ['-xf', file, '-C', workplace, binary],
    environment: options.environment,
  });
  return join(workplace, binary);
}

async function fromGo(
  go: string,
  workplace: string,
  ending: string,
  options: LivekitBinaryOptions,
): Promise<string> {
  options.report('LiveKit server: building it with Go, about 90 s this first time');
  const began = performance.now();
  const clock = setInterval(() => {
    const seconds = Math.round((performance.now() - began) / 1_000);
    options.report(`LiveKit server: building, ${seconds} s`);
  }, 10_000);
  try {
    await options.runToEnd({
      file: go,
      arguments: ['install', `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`],
      environment: { ...options.environment, CGO_ENABLED: '0', GOBIN: workplace },
    });
  } finally {
    clearInterval(clock);
  }
  return join(workplace, `server${ending}`);
}

async function firstWritable(folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    const made = await mkdir(folder, { recursive: true })
      .then(() => access(folder, constants.W_OK))
      .then(
        () => true,
        () => false,
      );
    if (made) return folder;
  }
  throw new StartError(`None of these folders can be written to: ${folders.join(', ')}.`);
}
