import type { Command, Part, Preparation } from '../../start/part.ts';

/** A part that is a few lines of JavaScript; by default it is ready at once and runs until SIGTERM. */
export function scriptPart(
  name: string,
  script = "console.log(JSON.stringify({ msg: 'ready' })); setInterval(() => {}, 1e6);",
  changes: Partial<Part> = {},
): Part {
  return {
    kind: 'part',
    name,
    title: name,
    needs: [],
    command: () => Promise.resolve(scriptCommand(script)),
    readiness: { by: 'log' },
    stop: { stage: 'calls', killAfter: 2_000 },
    sources: [],
    ...changes,
  };
}

export function scriptCommand(script: string): Command {
  return { file: process.execPath, arguments: ['-e', script], environment: process.env };
}

export function preparation(
  name: string,
  run: Preparation['run'],
  needs: string[] = [],
): Preparation {
  return { kind: 'preparation', name, title: name, needs, run };
}
