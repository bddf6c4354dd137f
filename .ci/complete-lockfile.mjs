// Run after `npm install` behind a registry that serves this platform's packages only: npm then
// leaves the optional packages of other platforms out of package-lock.json, and `npm ci` refuses
// the file, here and everywhere. This writes them back, by version and without a hash.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = new Set(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']);
const lock = JSON.parse(readFileSync(FILE, 'utf8'));
let added = 0;
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] || lock.packages[`${parent}/${place}`]) continue;
    const [os, cpu, abi] = name
      .split('/')
      .at(-1)
      .replace(/^binding-/, '')
      .split('-');
    if (!SYSTEMS.has(os) || !/^\d+\.\d+\.\d+/.test(version)) continue;
    const libc = os !== 'linux' ? null : abi === 'gnu' ? 'glibc' : abi === 'musl' ? 'musl' : null;
    lock.packages[place] = {
      version,
      cpu: [cpu],
      ...(entry.dev ? { dev: true } : {}),
      ...(libc ? { libc: [libc] } : {}),
      optional: true,
      os: [os],
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added to ${FILE}`);
