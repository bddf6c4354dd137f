import type { Result } from './rehearse.ts';

function seconds(milliseconds: number | null): string {
  return milliseconds === null ? '-' : `${(milliseconds / 1000).toFixed(2)} s`;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** One scenario as a table of its steps, with what failed below it. */
export function describeResult(result: Result): string {
  const lines = [
    `${result.ok ? 'PASS' : 'FAIL'}  ${result.name}  (${result.file})`,
    `      agent joined ${seconds(result.agentJoinedAfter)}, first sound ${seconds(result.firstSoundAfter)}, call ${seconds(result.durationMilliseconds)}, ${result.voice === null ? 'typed' : `voice ${result.voice}`}`,
    `      ${'turn'.padEnd(4)}  ${'at'.padStart(8)}  ${'answer'.padStart(7)}  what`,
  ];
  for (const step of result.steps) {
    const heard = step.kind === 'hear' && step.detail !== '' ? ` → ${step.detail}` : '';
    const again = step.repeatedAt === null ? '' : ` (said again at ${seconds(step.repeatedAt)})`;
    const what = `${step.kind} ${step.text}${again}${heard}`;
    lines.push(
      `  ${step.ok ? ' ' : '✗'}   ${String(step.number).padEnd(4)}  ${seconds(step.startedAt).padStart(8)}  ${seconds(step.latency).padStart(7)}  ${cut(what, 110)}`,
    );
  }
  for (const check of result.checks.filter((check) => !check.ok)) {
    lines.push(`      ✗ ${check.name}${check.detail === '' ? '' : `: ${check.detail}`}`);
  }
  lines.push(`      ${result.folder}`);
  return lines.join('\n');
}

/** How many sentences callers said aloud, and how many of them they were asked to repeat. */
export function countSentences(results: readonly Result[]): {
  sentences: number;
  repeated: number;
} {
  const said = results
    .filter(({ voice }) => voice !== null)
    .flatMap(({ steps }) => steps)
    .filter(({ kind }) => kind === 'say' || kind === 'play' || kind === 'interrupt');
  return {
    sentences: said.length,
    repeated: said.filter(({ repeatedAt }) => repeatedAt !== null).length,
  };
}

/** `12.5 of 100`. */
function ofHundred(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.round((part / whole) * 1000) / 10} of 100`;
}

function tableRow(passed: string, rate: string, repeated: string, what: string): string {
  return `${passed.padStart(9)}  ${rate.padStart(11)}  ${repeated.padStart(11)}  ${what}`;
}

function describeGroup(played: readonly Result[], what: string): string {
  const passed = played.filter((result) => result.ok).length;
  const { sentences, repeated } = countSentences(played);
  return tableRow(
    `${passed} of ${played.length}`,
    ofHundred(passed, played.length),
    ofHundred(repeated, sentences),
    what,
  );
}

/**
 * How often each scenario and each voice passed, of how many calls and of a hundred; how many of a hundred sentences
 * had to be said again; and what failed where one did not pass.
 */
export function tabulateHitRates(results: readonly Result[]): string {
  const lines = [tableRow('passed', 'rate', 'repeated', 'scenario')];
  for (const [file, played] of Map.groupBy(results, (result) => result.file)) {
    lines.push(describeGroup(played, file));
    for (const { checks } of played.filter((result) => !result.ok)) {
      const first = checks.find((check) => !check.ok);
      if (first) lines.push(`${' '.repeat(37)}✗ ${cut(`${first.name}: ${first.detail}`, 150)}`);
    }
  }
  const voices = Map.groupBy(results, (result) => result.voice);
  if (voices.size > 1 || !voices.has(null)) {
    lines.push('', tableRow('passed', 'rate', 'repeated', 'voice'));
    for (const [voice, played] of voices) {
      lines.push(describeGroup(played, voice ?? 'typed'));
    }
  }
  return lines.join('\n');
}

/** The last line: how many passed, how often callers had to repeat themselves, and how quickly answers came. */
export function summarize(results: readonly Result[]): string {
  const passed = results.filter((result) => result.ok).length;
  const latencies = results
    .flatMap((result) => result.steps.map((step) => step.latency))
    .filter((latency) => latency !== null)
    .sort((one, other) => one - other);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? null;
  const answers =
    latencies.length === 0
      ? ''
      : `; answers: median ${seconds(at(0.5))}, 95th percentile ${seconds(at(0.95))} of ${latencies.length}`;
  const { sentences, repeated } = countSentences(results);
  const repeats =
    sentences === 0
      ? ''
      : `; sentences said again: ${repeated} of ${sentences} (${ofHundred(repeated, sentences)})`;
  return `${passed} passed, ${results.length - passed} failed (${ofHundred(passed, results.length)})${repeats}${answers}`;
}
