// Runs a TypeScript program of ours: node start/run.mjs <program> [arguments]. Plain JavaScript, so
// that an old Node reads it: `npm ci` brings the Node that can run the rest by an install script, and
// where scripts are switched off the machine's own is left.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const NEEDED = 24;

const BROUGHT = 'node_modules/.bin/node';

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `✗ Slotline needs Node ${NEEDED}, and this is Node ${process.versions.node}: ` +
      (existsSync(BROUGHT)
        ? `run it with npm, or with ${BROUGHT} in place of node.`
        : 'npm has not run the install scripts that bring it. Run `npm rebuild --ignore-scripts=false`, then try again.'),
  );
  process.exit(1);
}

// Without a program only the check is made.
const [program] = process.argv.splice(2, 1);
if (program !== undefined) {
  process.argv[1] = resolve(program);
  await import(pathToFileURL(process.argv[1]).href);
}
