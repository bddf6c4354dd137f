import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file in several steps, and a save of all files takes a moment. */
const QUIET_MILLISECONDS = 150;

/**
 * Tells which folders' TypeScript changed, once it has been quiet for a moment. What changes while
 * `onChange` is at work is told after it.
 *
 * @returns ends the watch
 */
export function watchSources(
  projectRoot: string,
  folders: readonly string[],
  onChange: (changed: ReadonlySet<string>) => Promise<void>,
): () => void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  const tell = async (): Promise<void> => {
    if (working || changed.size === 0) return;
    working = true;
    const told = changed;
    changed = new Set();
    await onChange(told);
    working = false;
    await tell();
  };
  const watchers: FSWatcher[] = folders.map((folder) =>
    watch(join(projectRoot, folder), { recursive: true }, (_event, file) => {
      if (!file?.endsWith('.ts')) return;
      changed.add(folder);
      clearTimeout(timer);
      timer = setTimeout(() => void tell(), QUIET_MILLISECONDS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
