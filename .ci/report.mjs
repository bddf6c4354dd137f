// Prints what the test runner's JSON reports say: the slowest files, each test that failed, and one
// closing line "N passed, N failed, N skipped" over all of them. Fails where a test failed or was skipped.
//
//   node .ci/report.mjs REPORT [REPORT ...]
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const SLOWEST = 20;
const LINES_OF_A_FAILURE = 12;

const names = process.argv.slice(2);
const missing = names.filter((name) => !existsSync(name));
for (const name of missing) console.log(`${name} was not written: its run broke off`);
const reports = names
  .filter((name) => !missing.includes(name))
  .map((name) => JSON.parse(readFileSync(name, 'utf8')));

const files = reports
  .flatMap(({ testResults }) => testResults)
  .map(({ name, startTime, endTime, assertionResults }) => ({
    name: relative(process.cwd(), name),
    seconds: (endTime - startTime) / 1_000,
    tests: assertionResults.length,
  }))
  .toSorted((one, other) => other.seconds - one.seconds);
const total = files.reduce((sum, { seconds }) => sum + seconds, 0);
console.log(`\nThe slowest of ${files.length} files, which took ${total.toFixed(0)} s in all:`);
for (const { name, seconds, tests } of files.slice(0, SLOWEST)) {
  console.log(`${seconds.toFixed(1).padStart(8)} s  ${name} (${tests} tests)`);
}

// Once more at the end, where whoever sees only the last lines of a log finds them.
for (const { name, message, assertionResults } of reports.flatMap(
  ({ testResults }) => testResults,
)) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  for (const { fullName, failureMessages } of failed) {
    console.log(`\nFAILED ${relative(process.cwd(), name)}: ${fullName}`);
    console.log(failureMessages.join('\n').split('\n').slice(0, LINES_OF_A_FAILURE).join('\n'));
  }
  if (failed.length === 0 && message)
    console.log(`\nFAILED ${relative(process.cwd(), name)}: ${message}`);
}

const outcomes = reports
  .flatMap(({ testResults }) => testResults)
  .flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
const count = (status) => outcomes.filter((outcome) => outcome === status).length;
const [passed, failed] = [count('passed'), count('failed')];
const skipped = outcomes.length - passed - failed;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
const isGreen = missing.length === 0 && reports.every(({ success }) => success);
if (!isGreen || skipped > 0) process.exitCode = 1;
