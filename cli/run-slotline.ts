import { CommanderError } from 'commander';
import { createAct, printFailure } from './act.ts';
import { Output } from './output.ts';
import type { Streams } from './output.ts';
import { createProgram } from './program.ts';
import type { SessionParts } from './session.ts';

export type SlotlineParts = Omit<SessionParts, 'output'> & Streams;

/**
 * Runs one command line.
 * @param given without the program's name
 * @returns the exit code: 0 done; 1 it could not be done; 2 what was asked for cannot be used
 */
export async function runSlotline(given: readonly string[], parts: SlotlineParts): Promise<number> {
  const output = new Output(parts, parts.providers);
  let exitCode = 0;
  const act = createAct({ ...parts, output }, (code) => {
    exitCode = code;
  });
  const json = given.includes('--json');
  const program = createProgram(act, parts.providers, {
    writeOut: (text) => output.raw(text),
    // Under --json the error is printed once, as JSON.
    writeErr: (text) => {
      if (!json) output.error(text);
    },
  });
  try {
    await program.parseAsync([...given], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    // Help that was not asked for is an incomplete command line.
    if (json) {
      const message =
        error.code === 'commander.help'
          ? 'The command is not complete.'
          : error.message.replace(/^error: /, '');
      const name = 'UsageError';
      printFailure(output, { exitCode: 2, name, message, field: null, trouble: null }, json);
    }
    return 2;
  }
}
