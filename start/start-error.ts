import { OperatorError } from '../runtime/operator-error.ts';

/** Something the person at the terminal can mend: the message says what happened and what to do. */
export class StartError extends OperatorError {
  override name = 'StartError';
}

/** Ports that parts need are taken by other programs. */
export class PortTakenError extends StartError {
  override name = 'PortTakenError';
  readonly ports: readonly number[];

  constructor(taken: readonly { port: number; partTitle: string; howToChange: string }[]) {
    super(
      [
        ...taken.map(
          ({ port, partTitle, howToChange }) =>
            `Port ${port}, which the ${partTitle} needs, is taken by another program. ` +
            `Stop that program, or ${howToChange}.`,
        ),
        'Or let free ports be picked, beside another start in a folder of its own: ' +
          '`npm start -- --ephemeral --data-dir <folder>`.',
      ].join('\n  '),
    );
    this.ports = taken.map(({ port }) => port);
  }
}

/** A part ended by itself, or never became ready. `lastLines` are the end of its log. */
export class PartDiedError extends StartError {
  override name = 'PartDiedError';
  readonly part: string;
  readonly lastLines: readonly string[];

  constructor(part: string, what: string, lastLines: readonly string[], logFile: string) {
    const told = lastLines.flatMap((line) => complaintOf(line) ?? []);
    super(
      `The ${part} ${what}. ` +
        (told.length > 0 ? `It said:\n${told.map((line) => `    ${line}`).join('\n')}\n` : '') +
        `The whole log is in ${logFile}.`,
    );
    this.part = part;
    this.lastLines = lastLines;
  }
}

/** From here on an entry of a log is a complaint: pino's "warn". */
const WARNING = 40;

/** What a line of a part's output complains of; null for an entry of a log that does not. */
function complaintOf(line: string): string | null {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return line;
  }
  if (typeof entry !== 'object' || entry === null || !('level' in entry)) return line;
  const { level, msg, err } = entry as { level: unknown; msg?: unknown; err?: unknown };
  if (typeof level !== 'number' || level < WARNING) return null;
  const reason = (err as { message?: unknown } | null | undefined)?.message;
  return [msg, reason].filter((text) => typeof text === 'string').join(': ');
}
