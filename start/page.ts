import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** True when the built page is missing or older than a source of it. */
export async function isPageStale(projectRoot: string): Promise<boolean> {
  const built = await stat(join(projectRoot, 'dist', 'web', 'index.html')).catch(() => undefined);
  if (!built) return true;
  // The office's client is made of the API's table of routes.
  const folders = ['web', join('token-server', 'api')].map((folder) => join(projectRoot, folder));
  const entries = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  const sources = entries.flat().map((entry) => join(entry.parentPath, entry.name));
  for (const path of [...sources, join(projectRoot, 'calls', 'call-view.ts')]) {
    const source = await stat(path);
    // A folder is newer too when a file in it was removed.
    if (source.mtimeMs > built.mtimeMs) return true;
  }
  return false;
}
