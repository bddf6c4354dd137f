// Run after `npm install` behind a registry that serves this platform's packages only: npm then
// leaves the optional packages of other platforms out of package-lock.json, and `npm ci` refuses
// the file, here and everywhere. This writes them back, by version and without a hash. What a name
// does not tell, whether the package has an install script, is taken from its kin.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
/** As packages spell them, by what npm calls them. */
const SYSTEMS = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  linuxmusl: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  windows: 'win32',
};
const lock = JSON.parse(readFileSync(FILE, 'utf8'));
let added = 0;
const unread = [];
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] || lock.packages[`${parent}/${place}`]) continue;
    const platform = readPlatform(name);
    if (!platform || !/^\^?\d+\.\d+\.\d+/.test(version)) {
      unread.push(`${name}@${version}`);
      continue;
    }
    lock.packages[place] = {
      version: version.replace('^', ''),
      ...(platform.cpu ? { cpu: [platform.cpu] } : {}),
      ...(entry.dev ? { dev: true } : {}),
      ...(kinHasInstallScript(entry, name) ? { hasInstallScript: true } : {}),
      ...(platform.libc ? { libc: [platform.libc] } : {}),
      optional: true,
      os: [platform.os],
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added to ${FILE}`);
if (unread.length > 0) console.log(`Left out, no platform in the name: ${unread.join(', ')}`);

/** "@img/sharp-linuxmusl-x64" or "@oxlint/binding-linux-x64-gnu", whatever stands before the system. */
function readPlatform(name) {
  const words = name.split('/').at(-1).split('-');
  const at = words.findIndex((word) => word in SYSTEMS);
  if (at === -1) return undefined;
  const [system, cpu, abi = system === 'linuxmusl' ? 'musl' : ''] = words.slice(at);
  const os = SYSTEMS[system];
  const libc = os === 'linux' ? { gnu: 'glibc', musl: 'musl' }[abi] : undefined;
  return { os, cpu, libc };
}

/** Whether another package of the same scope that the same parent asks for has one. */
function kinHasInstallScript(parent, name) {
  const scope = name.split('/')[0];
  return Object.keys(parent.optionalDependencies).some(
    (other) =>
      other.split('/')[0] === scope && lock.packages[`node_modules/${other}`]?.hasInstallScript,
  );
}
