// Runs the few files whose tests failed once more, with nothing beside them, and puts what comes of it
// into the report. Two cores that carry a whole suite starve a call now and then: what fails alone too
// is broken, and what fails only beside others is named, for somebody to look at.
//
//   node .ci/again.mjs REPORT
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** More files than this are no accident. */
const AT_MOST = 10;

const [reportFile] = process.argv.slice(2);
const againFile = `${reportFile}.again`;
const first = JSON.parse(readFileSync(reportFile, 'utf8'));
const failed = first.testResults.filter(({ status }) => status === 'failed');
const names = failed.map(({ name }) => relative(process.cwd(), name));
if (names.length === 0 || names.length > AT_MOST) process.exit(1);

console.log(`\nFailed beside others, and run alone now: ${names.join(', ')}`);
rmSync(againFile, { force: true });
const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', againFile];
const options = ['--maxWorkers', '1', '--no-file-parallelism', ...reporters];
const { status } = spawnSync('npx', ['vitest', 'run', ...options, ...names], { stdio: 'inherit' });
const second = JSON.parse(readFileSync(againFile, 'utf8'));

const failures = ({ assertionResults }) =>
  assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
for (const result of failed) {
  const again = second.testResults.find(({ name }) => name === result.name);
  const still = again ? failures(again) : [];
  for (const fullName of failures(result).filter((name) => !still.includes(name))) {
    console.log(`PASSED ALONE, failed beside others: ${relative('.', result.name)}: ${fullName}`);
  }
}
const testResults = first.testResults
  .filter(({ name }) => !second.testResults.some((again) => again.name === name))
  .concat(second.testResults);
writeFileSync(reportFile, JSON.stringify({ ...first, success: status === 0, testResults }));
process.exit(status ?? 1);
