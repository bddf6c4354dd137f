import { OperatorError } from '../runtime/operator-error.ts';

/** Something the person at the terminal can mend: the message says what happened and what to do. */
export class StartError extends OperatorError {
  override name = 'StartError';
}

/** A port that a part needs is taken by another program. */
export class PortTakenError extends StartError {
  override name = 'PortTakenError';
  readonly port: number;

  constructor(request: { port: number; partTitle: string; howToChange: string }) {
    super(
      `Port ${request.port}, which the ${request.partTitle} needs, is taken by another program. ` +
        `Stop that program, or ${request.howToChange}.`,
    );
    this.port = request.port;
  }
}

/** A part ended by itself, or never became ready. `lastLines` are the end of its log. */
export class PartDiedError extends StartError {
  override name = 'PartDiedError';
  readonly part: string;
  readonly lastLines: readonly string[];

  constructor(part: string, what: string, lastLines: readonly string[], logFile: string) {
    const lines = lastLines.map((line) => `    ${line}`).join('\n');
    super(
      `The ${part} ${what}. ` +
        (lines ? `Its last lines:\n${lines}\n` : 'It wrote no lines. ') +
        `The whole log is in ${logFile}.`,
    );
    this.part = part;
    this.lastLines = lastLines;
  }
}
