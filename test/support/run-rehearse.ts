import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Result } from '../../rehearsal/rehearse.ts';

const ROOT = join(import.meta.dirname, '../..');

interface RehearseOptions {
  callsAtOnce: number;
  staggerSeconds?: number;
  line?: 'web' | 'phone';
  calendar?: 'calcom-simulator';
  /** Types what would be said. */
  text?: boolean;
}

/** Plays scenario files as a person would, on parts of its own, and answers a result for each. */
export async function runRehearse(
  files: readonly string[],
  options: RehearseOptions,
): Promise<Result[]> {
  const given = [
    'rehearsal/main.ts',
    '--json',
    '--concurrency',
    String(options.callsAtOnce),
    '--stagger',
    String(options.staggerSeconds ?? 0),
    ...(options.text === true ? ['--text'] : []),
    ...(options.line === undefined ? [] : ['--line', options.line]),
    ...(options.calendar === undefined ? [] : ['--calendar', options.calendar]),
    ...files,
  ];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      given,
      { cwd: ROOT, maxBuffer: 50_000_000 },
      (error, printed, errors) => {
        // A call that went wrong is a result too: only silence is a failure to play.
        if (printed !== '') resolve(printed);
        else reject(new Error(`rehearse said nothing: ${errors}`, { cause: error }));
      },
    );
  });
  const { results } = JSON.parse(output) as { results: Result[] };
  return results;
}

/** What a call did not do as its scenario says, in words. */
export function failuresOf(result: Result | undefined): string[] {
  if (!result) return ['not played'];
  return result.checks
    .filter((check) => !check.ok)
    .map((check) => `${result.file}: ${check.name}: ${check.detail}`);
}

/** What must hold however badly a line is understood. */
const TRUTHS = [
  'calendar agrees',
  'booked is true',
  'moved is true',
  'cancelled is true',
  'nothing left open',
  'never heard',
];

/**
 * Whether a call only went another way because something was not understood: a halt, or "Tuesday"
 * taken for "Wednesday" and agreed to by a caller who plays from a file. On a busy machine that
 * happens to a real voice now and then, and a person would call again; a lie never counts as that.
 */
export function wasMisunderstood({ checks }: Result): boolean {
  const failed = checks.filter((check) => !check.ok).map((check) => check.name);
  return (
    failed.length > 0 && !failed.some((name) => TRUTHS.some((truth) => name.startsWith(truth)))
  );
}

/** Plays scenario files; whoever was not understood calls a second time, alone. By file. */
export async function playScenarios(
  files: readonly string[],
  options: RehearseOptions,
): Promise<Map<string, Result>> {
  const played = await runRehearse(files, options);
  const results = new Map(played.map((result) => [result.file, result]));
  const again = played.filter(wasMisunderstood).map((result) => result.file);
  if (again.length === 0) return results;
  process.stderr.write(`Not understood, called a second time: ${again.join(', ')}\n`);
  const { staggerSeconds: _, ...alone } = options;
  for (const result of await runRehearse(again, { ...alone, callsAtOnce: 1 })) {
    results.set(result.file, result);
  }
  return results;
}
