import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getLivekitBinary, LivekitServerMissingError } from '../../start/livekit-binary.ts';
import type { LivekitBinaryOptions } from '../../start/livekit-binary.ts';
import { LIVEKIT_VERSION } from '../../start/livekit-release.ts';
import { StartError } from '../../start/start-error.ts';

const run = promisify(execFile);
const ARCHIVE = `livekit_${LIVEKIT_VERSION}_linux_amd64.tar.gz`;
const CACHED = `livekit-server-v${LIVEKIT_VERSION}`;

let directory: string;
let archive: Buffer;
let sum: string;
let server: Server | undefined;
let requests: string[];
let reports: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slotline-livekit-'));
  await program('packed', 'livekit-server', 'from the release');
  const file = join(directory, 'release.tar.gz');
  await run('tar', ['-czf', file, '-C', join(directory, 'packed'), 'livekit-server']);
  archive = await readFile(file);
  sum = createHash('sha256').update(archive).digest('hex');
  requests = [];
  reports = [];
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(directory, { recursive: true, force: true });
});

/** Makes a program that prints a text, and gives back its folder. */
async function program(folder: string, name: string, text: string): Promise<string> {
  await mkdir(join(directory, folder), { recursive: true });
  await writeFile(join(directory, folder, name), `#!/bin/sh\necho "${text}"\n`);
  await chmod(join(directory, folder, name), 0o755);
  return join(directory, folder);
}

/** A stand-in of Go: writes a program where `go install` would. */
async function fakeGo(): Promise<string> {
  const folder = await program('go', 'go', '');
  await writeFile(
    join(folder, 'go'),
    '#!/bin/sh\n[ "$CGO_ENABLED" = 0 ] || exit 1\n' +
      'printf \'#!/bin/sh\\necho "built: %s"\\n\' "$2" > "$GOBIN/server"\nchmod 755 "$GOBIN/server"\n',
  );
  return folder;
}

async function releaseServer(listener: RequestListener): Promise<string> {
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const honest: RequestListener = (request, response) => {
  if (request.url?.endsWith('/checksums.txt')) response.end(`${sum}  ${ARCHIVE}\n`);
  else response.end(archive);
};

async function get(changes: Partial<LivekitBinaryOptions> & { path?: string[] }) {
  const { path = [], ...rest } = changes;
  return getLivekitBinary({
    chosen: undefined,
    environment: { PATH: [...path, '/usr/bin', '/bin'].join(':') },
    caches: [join(directory, 'cache')],
    platform: 'linux',
    architecture: 'x64',
    releases: 'http://127.0.0.1:9',
    pinnedSums: {},
    connectWithin: 2_000,
    report: (line) => reports.push(line),
    signal: new AbortController().signal,
    runToEnd: async ({ file, arguments: given, environment }) => {
      await run(file, [...given], { env: environment });
    },
    ...rest,
  });
}

async function says(path: string): Promise<string> {
  return (await run(path)).stdout.trim();
}

describe('getting LiveKit server', () => {
  test('takes the one that LIVEKIT_SERVER_BIN names, before any other', async () => {
    const own = await program('own', 'my-livekit', 'own');
    const path = await program('path', 'livekit-server', 'on the path');
    const found = await get({ chosen: join(own, 'my-livekit'), path: [path] });
    expect(await says(found.path)).toBe('own');
  });

  test('refuses a LIVEKIT_SERVER_BIN that is not there, instead of taking another', async () => {
    const path = await program('path', 'livekit-server', 'on the path');
    const attempt = get({ chosen: join(directory, 'nowhere'), path: [path] });
    await expect(attempt).rejects.toThrow(StartError);
    await expect(attempt).rejects.toThrow(/LIVEKIT_SERVER_BIN/);
  });

  test('prefers the PATH to the cache', async () => {
    await program('cache', CACHED, 'cached');
    const path = await program('path', 'livekit-server', 'on the path');
    expect(await says((await get({ path: [path] })).path)).toBe('on the path');
  });

  test('prefers the cache to a download', async () => {
    await program('cache', CACHED, 'cached');
    const releases = await releaseServer(honest);
    expect(await says((await get({ releases })).path)).toBe('cached');
    expect(requests).toEqual([]);
  });

  test('downloads the release, checks it against the published sum and keeps it', async () => {
    const releases = await releaseServer(honest);
    expect(await says((await get({ releases })).path)).toBe('from the release');
    expect(requests).toEqual([
      `/v${LIVEKIT_VERSION}/checksums.txt`,
      `/v${LIVEKIT_VERSION}/${ARCHIVE}`,
    ]);
    expect(await readdir(join(directory, 'cache'))).toEqual([CACHED]);
    await get({ releases });
    expect(requests).toHaveLength(2);
  });

  test('believes a pinned sum rather than the one that the release server publishes', async () => {
    const releases = await releaseServer(honest);
    const go = await fakeGo();
    const found = await get({ releases, pinnedSums: { [ARCHIVE]: '0'.repeat(64) }, path: [go] });
    expect(await says(found.path)).toMatch(/^built: /);
    expect(requests).toEqual([`/v${LIVEKIT_VERSION}/${ARCHIVE}`]);
    expect(reports.join('\n')).toContain(sum);
  });

  test('builds with Go, at the pinned version, when the download has a wrong sum', async () => {
    const releases = await releaseServer((request, response) => {
      if (request.url?.endsWith('/checksums.txt')) response.end(`${sum}  ${ARCHIVE}\n`);
      else response.end(Buffer.concat([archive, Buffer.from('x')]));
    });
    const found = await get({ releases, path: [await fakeGo()] });
    expect(await says(found.path)).toBe(
      `built: github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`,
    );
  });

  test('keeps nothing of a download with a wrong sum', async () => {
    const releases = await releaseServer((request, response) => {
      if (request.url?.endsWith('/checksums.txt')) response.end(`${'0'.repeat(64)}  ${ARCHIVE}\n`);
      else response.end(archive);
    });
    await expect(get({ releases })).rejects.toThrow(LivekitServerMissingError);
    expect(await readdir(join(directory, 'cache'))).toEqual([]);
  });

  test('moves on from a release server that never answers', async () => {
    const releases = await releaseServer(() => undefined);
    const found = await get({ releases, connectWithin: 100, path: [await fakeGo()] });
    expect(await says(found.path)).toMatch(/^built: /);
  });

  test('moves on from a download that stops in the middle', async () => {
    const releases = await releaseServer((request, response) => {
      if (request.url?.endsWith('/checksums.txt')) response.end(`${sum}  ${ARCHIVE}\n`);
      else response.write(archive.subarray(0, 10));
    });
    const found = await get({ releases, resumeWithin: 100, path: [await fakeGo()] });
    expect(await says(found.path)).toMatch(/^built: /);
  });

  test('names the ways that are left when nothing worked, the console too', async () => {
    const attempt = get({ platform: 'darwin', architecture: 'arm64' });
    await expect(attempt).rejects.toThrow(LivekitServerMissingError);
    await expect(attempt).rejects.toThrow(
      /LIVEKIT_SERVER_BIN[^]*Go[^]*LIVEKIT_URL[^]*npm run console/,
    );
  });

  test('stops at once when the start is stopped', async () => {
    const stop = new AbortController();
    const releases = await releaseServer(() => stop.abort(new Error('stopped')));
    await expect(get({ releases, signal: stop.signal, path: [await fakeGo()] })).rejects.toThrow(
      'stopped',
    );
  });
});
