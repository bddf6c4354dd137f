// Which room may import from which, and which packages. Rooms are listed from the street down: a
// room imports from those below it alone, and only from those that its row names, or from single files,
// of some the types alone.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { sourceFiles } from './source-files.mjs';

const ANY = '*';

/** The longest name that a file's path begins with is its room. */
const ROOMS = {
  // Not parts of the product: they call in from outside.
  test: { rooms: [ANY], packages: [ANY] },
  bench: { rooms: [ANY], packages: [ANY] },
  rehearsal: { rooms: ['booking', 'calls', 'calendar', 'db', 'start', 'runtime'], packages: [ANY] },
  // Each stands for an outside service and knows its contract alone; the product reaches it by URL.
  'rehearsal/simulators': { rooms: ['runtime'], packages: [ANY] },
  // Runs the parts as processes, and imports none of them.
  start: { rooms: ['runtime'], packages: [ANY] },

  // The front ends: none knows another.
  web: { rooms: [], files: ['calls/call-view.ts'], packages: [ANY] },
  // Of the server it knows the types of the API alone, and none of its code.
  'web/office': {
    rooms: ['web'],
    files: ['calls/call-view.ts'],
    types: ['token-server/api/routes.ts'],
    packages: [ANY],
  },
  agent: { rooms: ['booking', 'calls', 'calendar', 'db', 'runtime'], packages: [ANY] },
  'token-server': {
    rooms: ['manage', 'booking', 'calls', 'calendar', 'db', 'runtime'],
    packages: [ANY],
  },
  jobs: { rooms: ['booking', 'calls', 'calendar', 'db', 'runtime'], packages: [ANY] },
  cli: {
    rooms: ['manage', 'booking', 'calls', 'calendar', 'db', 'runtime'],
    packages: [ANY],
  },

  // What can be done, whoever asks for it: no voice, no Express.
  manage: {
    rooms: ['booking', 'calls', 'calendar', 'db', 'runtime'],
    packages: ['@zxcvbn-ts/language-common', 'livekit-server-sdk', 'luxon', 'yaml', 'zod'],
  },
  booking: {
    rooms: ['calls', 'calendar', 'db', 'runtime'],
    packages: ['luxon', 'zod'],
  },
  calls: {
    rooms: ['db', 'runtime'],
    packages: ['@livekit/rtc-node', 'aws4', 'livekit-server-sdk', 'zod'],
  },

  // The ground: a protocol, the tables, and what every process needs.
  calendar: {
    rooms: ['runtime'],
    packages: ['cockatiel', 'ical.js', 'luxon', 'openid-client', 'saxes', 'zod'],
  },
  db: { rooms: ['runtime'], packages: ['kysely', 'pg', 'zod'] },
  runtime: { rooms: [], packages: ['libphonenumber-js', 'pino', 'undici', 'zod'] },
};

/**
 * Which folders of a folder import from which; every one is listed, from the top down. The files
 * beside them belong to all.
 */
const FOLDERS = {
  agent: {
    worker: ['call'],
    call: ['tools', 'line', 'model', 'prepared', 'recording'],
    tools: ['line', 'model'],
    line: ['model'],
    model: [],
    prepared: [],
    recording: [],
  },
  booking: {
    foreign: ['tools', 'desk', 'ledger', 'offering', 'spelled', 'languages', 'calendars'],
    tools: ['desk', 'spelled', 'languages'],
    truth: ['desk', 'times', 'languages'],
    desk: ['offering', 'mirror', 'ledger', 'outbox', 'spelled', 'times', 'languages'],
    offering: ['ledger', 'times', 'languages'],
    mirror: ['ledger'],
    ledger: ['outbox'],
    outbox: ['times'],
    calendars: [],
    spelled: ['languages'],
    times: ['languages'],
    languages: [],
  },
  'booking/times': {
    reading: ['placing'],
    placing: [],
  },
  db: {
    forgetting: ['calls', 'intents', 'webhooks'],
    calendars: ['accounts', 'appointments', 'intents'],
    accounts: [],
    assistants: ['calls'],
    appointments: ['intents'],
    figures: [],
    calls: ['jobs'],
    intents: [],
    jobs: [],
    messages: [],
    phone: [],
    scenarios: [],
    webhooks: ['accounts', 'calls'],
    migrations: [],
  },
};

const IMPORT =
  /^(?:import|export)\s[^'";]*?from\s'([^']+)'|^import\s'([^']+)'|\bimport\('([^']+)'\)/gm;

const files = sourceFiles(/\.tsx?$/).filter((file) => roomOf(file) !== undefined);
const wrong = files.flatMap((file) => {
  const room = roomOf(file);
  return importsOf(file).flatMap(({ specifier, isOfTypes }) => {
    const why = refuse(room, file, specifier, isOfTypes);
    return why === undefined ? [] : [`${file}: ${why}`];
  });
});
for (const line of wrong) console.error(line);
console.log(`${files.length} files, ${wrong.length} imports in a wrong direction`);
if (wrong.length > 0) process.exitCode = 1;

function importsOf(file) {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map((match) => ({
    specifier: match[1] ?? match[2] ?? match[3],
    isOfTypes: match[0].startsWith('import type '),
  }));
}

function refuse(room, file, specifier, isOfTypes) {
  const { rooms, files: open = [], types = [], packages } = ROOMS[room];
  if (specifier.startsWith('node:')) return undefined;
  if (!specifier.startsWith('.')) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    return packages.includes(ANY) || packages.includes(name)
      ? undefined
      : `${room}/ does not use the package ${name}`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  const other = roomOf(target);
  const ofBothSides = room === 'test' || room === 'bench';
  if (!ofBothSides && posix.basename(target) === 'main.ts') return `nothing imports ${target}`;
  if (other === room) return refuseFolder(file, target);
  if (other === undefined || rooms.includes(ANY) || rooms.includes(other)) {
    return undefined;
  }
  if (open.includes(target) || (isOfTypes && types.includes(target))) return undefined;
  return `${room}/ does not import from ${other}/ (${target})`;
}

/** Two files of a room meet in the innermost folder that holds both; its table says who may know whom. */
function refuseFolder(file, target) {
  const [path, other] = [file.split('/'), target.split('/')];
  const depth = path.findIndex((part, index) => part !== other[index]);
  const shared = path.slice(0, depth).join('/');
  const folders = FOLDERS[shared];
  const beside = path.length - 1 <= depth || other.length - 1 <= depth;
  if (folders === undefined || beside) return undefined;
  const [from, to] = [path[depth], other[depth]];
  if (folders[from] === undefined) return `${shared}/${from}/ is not in the table of directions`;
  return folders[from].includes(to)
    ? undefined
    : `${shared}/${from}/ does not import from ${shared}/${to}/ (${target})`;
}

function roomOf(file) {
  return Object.keys(ROOMS)
    .filter((room) => file.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}
