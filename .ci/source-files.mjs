import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The files of the repository that fit, new ones too; not those that are removed and not committed. */
export function sourceFiles(fits) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => fits.test(file) && existsSync(file));
}
