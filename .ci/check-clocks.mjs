// Nothing reads the machine's clock but these: every other part is handed one, and SQL asks
// slotline_now() or slotline_clock(), so that a test can set the clock of all of them together.
import { readFileSync } from 'node:fs';
import { sourceFiles } from './source-files.mjs';

const ROOMS =
  /^(?:agent|booking|calendar|calls|cli|db|jobs|manage|runtime|start|token-server|web)\//;

const MAY = {
  // They hand it on.
  'agent/call/rehearsal-clock.ts': 'makes the clock of a call',
  'cli/main.ts': 'builds the parts',
  'agent/call/session-record.ts': 'tells the age of what the framework dated',
  'jobs/main.ts': 'builds the parts',
  'token-server/main.ts': 'builds the parts',
  'token-server/visitor-token.ts': 'signs for LiveKit, which reads the same clock',
  'web/call/use-call.ts': 'builds the parts',
  'web/office/pages/appointments/index.tsx': 'tells what is to come',
  'web/components/calendar-download.tsx': 'builds the parts',
  'web/office/now.ts': 'hands it on',
  // The queue is a library with a clock of its own.
  'db/jobs/heartbeat.ts': "reads the queue's times",
  'db/jobs/jobs.ts': "reads the queue's times",
  'jobs/tasks/sweep-intents.ts': 'asks the queue for its next run',
  'jobs/webhooks/webhook-sender.ts': 'asks the queue for its next run',
  // They are as old as the functions, or older.
  'db/migrator.ts': 'makes the table of migrations before any has run',
  'db/migrations/0001-first-call.ts': 'frozen',
  'db/migrations/0002-real-calendars.ts': 'frozen',
  'db/migrations/0003-phone-line.ts': 'frozen',
  'db/migrations/0004-claimed-again.ts': 'frozen',
  'db/migrations/0005-one-clock.ts': 'makes the functions',
};

const IN_CODE = /\bnew Date\(\)|\bDate\.now\b|\bDateTime\.(?:now|local|utc)\(\)/;
/** Only db/ has SQL, and only there a bare now() is no function of ours. */
const IN_SQL =
  /(?<![\w.#])(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\(\)|\bcurrent_(?:date|time|timestamp)\b|\blocaltime(?:stamp)?\b/i;
/** A test with a clock of its own. */
const HAS_A_CLOCK = /\bclockFrom\(|\bCLOCK\b/;
const HAS_THE_MACHINES = 'test/support/test-clock.ts';

const wrong = [];
const unused = new Set(Object.keys(MAY));
for (const file of sourceFiles(/\.tsx?$/)) {
  const text = readFileSync(file, 'utf8');
  const isTest = file.startsWith('test/');
  if (isTest ? !HAS_A_CLOCK.test(text) || file === HAS_THE_MACHINES : !ROOMS.test(file)) continue;
  text.split('\n').forEach((line, at) => {
    if (!IN_CODE.test(line) && !(file.startsWith('db/') && IN_SQL.test(line))) return;
    if (unused.delete(file) || file in MAY) return;
    wrong.push(`${file}:${at + 1}: reads the machine's clock: ${line.trim()}`);
  });
}
for (const file of unused) wrong.push(`${file} reads no clock: take it off the list`);
for (const line of wrong) console.error(line);
console.log(
  `${Object.keys(MAY).length} files may read the machine's clock, ${wrong.length} do wrongly`,
);
if (wrong.length > 0) process.exitCode = 1;
