// What a document names must be there: files and folders in backticks and links, npm scripts, and what
// a start writes.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { sourceFiles } from './source-files.mjs';

const DOCUMENTS = /^(?:(?:README|ARCHITECTURE|CONTRIBUTING)\.md|(?:docs|bench|rehearsal)\/.*\.md)$/;
const IN_BACKTICKS = /`([^`\n]+)`/g;
const LINK = /\]\((?!https?:|#)([^)#]+)/g;
/** A folder, or a file of an ending that ours have; `*` and `<id>` stand for any name. */
const PATH = /^(?:[\w.*<>-]+\/)*(?:[\w.*<>-]+\/|[\w*<>-][\w.*<>-]*\.(?:ts|tsx|mjs|md|yaml|json))$/;
/** Made by npm, by the build, or by hand. */
const NOT_KEPT = /^(?:node_modules|dist)\//;
const STARTS_OWN = '.slotline/';

const files = sourceFiles(/./);
const atTheTop = new Set(files.map((file) => file.split('/')[0]));
const start = textOf(/^start\/.*\.ts$/);
const writers = textOf(/^(?:start|rehearsal|runtime\/running)\/.*\.ts$/);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

const documents = files.filter((file) => DOCUMENTS.test(file));
const wrong = documents.flatMap((document) => {
  const lines = readFileSync(document, 'utf8').split('\n');
  return lines.flatMap((line, at) =>
    [...namesIn(line), ...linksIn(line, document)]
      .filter(({ isThere }) => !isThere)
      .map(({ name }) => `${document}:${at + 1}: ${name} does not exist`),
  );
});
for (const line of wrong) console.error(line);
console.log(`${documents.length} documents, ${wrong.length} names of what does not exist`);
if (wrong.length > 0) process.exitCode = 1;

function namesIn(line) {
  return [...line.matchAll(IN_BACKTICKS)].flatMap(([, quoted]) => {
    const script = /\bnpm run (?:-s )?([\w:-]+)/.exec(quoted)?.[1];
    return [
      ...(script === undefined ? [] : [{ name: `npm run ${script}`, isThere: script in scripts }]),
      ...quoted
        .split(/\s+/)
        .map((word) => ({ name: word, isThere: !isPath(word) || exists(word) })),
    ];
  });
}

function linksIn(line, document) {
  return [...line.matchAll(LINK)].map(([, target]) => {
    const name = posix.join(posix.dirname(document), target);
    return { name, isThere: exists(name) };
  });
}

function isPath(word) {
  if (NOT_KEPT.test(word)) return false;
  const isOfTop = word.includes('/') && atTheTop.has(word.split('/')[0]);
  return PATH.test(word) || isOfTop || word.startsWith(STARTS_OWN);
}

/** From the top; the end of a path is enough where the text says of which folder it speaks. */
function exists(name) {
  if (name.startsWith(STARTS_OWN)) return isWrittenByStart(name.slice(STARTS_OWN.length));
  const pattern = name
    .split(/(\*|<[^>]*>)/)
    .map((part) => (/^[*<]/.test(part) ? '[^/]+' : escape(part)))
    .join('');
  const begins = atTheTop.has(name.split('/')[0]) ? '^' : '(?:^|/)';
  const there = new RegExp(`${begins}${pattern}${name.endsWith('/') ? '' : '(?:/|$)'}`);
  return files.some((file) => there.test(file));
}

/** A part's log bears the part's name; everything else stands in the sources as it is called. */
function isWrittenByStart(name) {
  const log = /^logs\/(.+)\.log$/.exec(name)?.[1];
  if (log !== undefined) return start.includes(`name: '${log}'`);
  return name === '' || writers.includes(`'${posix.basename(name)}'`);
}

function textOf(fits) {
  return files
    .filter((file) => fits.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

function escape(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
