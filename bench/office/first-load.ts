import { readFile, readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';

const IMPORT =
  /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{][^"';]*?from\s*)?["'](\.{1,2}\/[^"']+)["']/g;
const LINK = /(?:src|href)="\/?([^"]+\.(?:js|css))"/g;

export interface FirstLoad {
  /** Bytes, compressed, of the page and everything that it needs before it shows anything. */
  bytes: number;
  files: number;
}

/**
 * Adds up what a built page loads at once: what its HTML names, and what those files import. What they
 * import later, when it is asked for, is left out.
 *
 * @param folder of the build
 * @param page beneath it: "office.html"
 */
export async function measureFirstLoad(folder: string, page: string): Promise<FirstLoad> {
  const html = await readFile(posix.join(folder, page), 'utf8');
  const files = new Set<string>();
  const waiting = [...html.matchAll(LINK)].map(([, name = '']) => name);
  let bytes = gzipSync(html).length;
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (files.has(file)) continue;
    files.add(file);
    const content = await readFile(posix.join(folder, file));
    bytes += gzipSync(content).length;
    if (!file.endsWith('.js')) continue;
    for (const [, specifier = ''] of content.toString('utf8').matchAll(IMPORT)) {
      waiting.push(posix.join(posix.dirname(file), specifier));
    }
  }
  return { bytes, files: files.size + 1 };
}

/** What the pages load later, each for itself: names and compressed bytes, the largest first. */
export async function listChunks(folder: string): Promise<{ name: string; bytes: number }[]> {
  const names = (await readdir(posix.join(folder, 'assets'))).filter((name) =>
    name.endsWith('.js'),
  );
  const sizes = await Promise.all(
    names.map(async (name) => ({
      name,
      bytes: gzipSync(await readFile(posix.join(folder, 'assets', name))).length,
    })),
  );
  return sizes.toSorted((one, other) => other.bytes - one.bytes);
}
