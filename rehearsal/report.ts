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
    `      agent joined ${seconds(result.agentJoinedAfter)}, first sound ${seconds(result.firstSoundAfter)}, call ${seconds(result.durationMilliseconds)}`,
    `      ${'turn'.padEnd(4)}  ${'at'.padStart(8)}  ${'answer'.padStart(7)}  what`,
  ];
  for (const step of result.steps) {
    const heard = step.kind === 'hear' && step.detail !== '' ? ` → ${step.detail}` : '';
    const what = `${step.kind} ${step.text}${heard}`;
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

/** How often each scenario passed, and what failed where one did not. */
export function tabulateHitRates(results: readonly Result[]): string {
  const lines = [`${'passed'.padStart(9)}  scenario`];
  for (const [file, played] of Map.groupBy(results, (result) => result.file)) {
    const passed = played.filter((result) => result.ok).length;
    lines.push(`${`${passed} of ${played.length}`.padStart(9)}  ${file}`);
    for (const { checks } of played.filter((result) => !result.ok)) {
      const first = checks.find((check) => !check.ok);
      if (first) lines.push(`${' '.repeat(11)}✗ ${cut(`${first.name}: ${first.detail}`, 150)}`);
    }
  }
  return lines.join('\n');
}

/** The last lines: how many passed, and how quickly answers came. */
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
  return `${passed} passed, ${results.length - passed} failed${answers}`;
}
