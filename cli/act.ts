import type { Command } from 'commander';
import { toFailure } from './failure.ts';
import type { Failure } from './failure.ts';
import type { Output } from './output.ts';
import { withSession } from './session.ts';
import type { CommonOptions, Session, SessionParts } from './session.ts';

/** What a command came to. */
export interface Answer {
  /** Printed under `--json`; instants become ISO strings. */
  json: unknown;
  /** For people; nothing is printed of an empty one. */
  text: string;
  /** 0 by default. */
  exitCode?: 0 | 1;
}

/** What a command does; its options are what its own definition makes of them. */
type Work = (session: Session, options: never, ...given: string[]) => Promise<Answer>;

/** Turns what a command does into what commander calls. */
export type Act = (work: Work) => (this: Command) => Promise<void>;

/** @param end told the exit code */
export function createAct(parts: SessionParts, end: (exitCode: number) => void): Act {
  return (work) =>
    async function (this: Command) {
      const options = this.optsWithGlobals<CommonOptions>();
      const { output } = parts;
      try {
        const answer = await withSession(parts, options, (session) =>
          work(session, options as never, ...this.processedArgs.filter(isText)),
        );
        if (options.json) output.json(answer.json);
        else if (answer.text !== '') output.line(answer.text);
        end(answer.exitCode ?? 0);
      } catch (error) {
        const failure = toFailure(error, this);
        printFailure(output, failure, options.json);
        end(failure.exitCode);
      }
    };
}

/** Under `--json` an error is the one document on standard output. */
export function printFailure(output: Output, failure: Failure, json: boolean): void {
  const { exitCode: _, ...error } = failure;
  if (json) output.json({ error });
  else output.error(`${error.field === null ? '' : `${error.field}: `}${error.message}\n`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
