import { chmod, rename, writeFile } from 'node:fs/promises';

/**
 * Writes a file that the owner alone can read (0600), whole or not at all: a reader never sees half
 * of it, and a file that was there with looser rights is replaced.
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, text, { mode: 0o600 });
  // `mode` is ignored when the draft of a killed process is still there.
  await chmod(draft, 0o600);
  await rename(draft, path);
}
