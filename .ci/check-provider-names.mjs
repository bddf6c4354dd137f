// A provider of calendars is a value in a list, never a case: its name stands in its own folders, in
// tests, and where a person reads it.
import { readFileSync } from 'node:fs';
import { PROVIDERS } from '../calendar/providers.ts';
import { sourceFiles } from './source-files.mjs';

/** Below these the name of each provider may stand; `*` is the provider's folder. */
const OWN_FOLDERS = ['calendar/*/', 'rehearsal/simulators/*/', 'test/', 'bench/', 'docs/'];

/** What a person reads or sets, and the lists that name every provider once. */
const READ_BY_A_PERSON = [
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  '.env.example',
  'docker-compose.yaml',
  'vitest.config.ts',
  'rehearsal/scenarios/',
  // The one line that adds a provider.
  'calendar/providers.ts',
  // Which calendars a demo has, one of them on a simulator that is started as a program.
  'start/demo-calendars.ts',
  // Frozen.
  'db/migrations/0001-first-call.ts',
];

const providers = PROVIDERS.map(({ id, name, credential, settings }) => ({
  id,
  names: [
    ...(id === 'fake'
      ? // An ordinary word: what counts is the id as a value, and what is called after the provider, but
        // for the table of stored bookings.
        [/'fake'|\bfake(?!CalendarBookings\b|_calendar_bookings\b)[A-Z_]|Fake[A-Z]|\/fake/]
      : id === 'google'
        ? // A company too, whose rooms to meet in other providers have, and whose mail addresses end so.
          [
            /'google'|\bgoogle(?!_meet|_conference)[A-Z_]|Google(?!Meet)[A-Z]|\/google\/|Google Calendar|\bGOOGLE_/,
          ]
        : [new RegExp([id, name].map(escape).join('|'), 'i')]),
    ...(credential ? [new RegExp(`\\b${credential.variable}\\b`)] : []),
  ],
  // A setting that is read where no provider reads its own, which may be called the same.
  settings: Object.keys(settings.shape).map((key) => new RegExp(`settings(?:\\.|\\[')${key}\\b`)),
}));

const files = sourceFiles(/\.(tsx?|mjs|js|json|ya?ml|md|html|css|example)$/).filter(
  (file) => !/^(package-lock\.json|\.ci\/check-provider-names\.mjs)$/.test(file),
);
const wrong = files.flatMap((file) => {
  const strangers = providers.filter((provider) => !mayName(file, provider));
  if (strangers.length === 0) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  const isOfProvider = /^calendar\/[^/]+\//.test(file);
  return strangers.flatMap(({ id, names, settings }) =>
    [file, ...lines].flatMap((line, at) =>
      [...names, ...(isOfProvider ? [] : settings)].some((name) => name.test(line))
        ? [`${file}:${at}: names the provider ${id}`]
        : [],
    ),
  );
});
for (const line of wrong) console.error(line);
console.log(`${providers.length} providers, ${wrong.length} names of one where none belongs`);
if (wrong.length > 0) process.exitCode = 1;

function mayName(file, { id }) {
  const own = OWN_FOLDERS.map((folder) => folder.replace('*', id));
  return [...own, ...READ_BY_A_PERSON].some((place) =>
    place.endsWith('/') ? file.startsWith(place) : file === place,
  );
}

function escape(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
