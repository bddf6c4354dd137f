import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Chromium of the machine, or null: its suite is then skipped and the line says what to install. */
export function findChromium(): string | null {
  const given = process.env['CHROMIUM_BIN'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [
    ...(given ? [given] : []),
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = candidates.find(isExecutable) ?? null;
  if (!found)
    report(
      'Chromium is missing: install it (Debian: apt-get install chromium), or set CHROMIUM_BIN.',
    );
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function report(line: string): void {
  process.stderr.write(`${line} Its tests are skipped.\n`);
}
