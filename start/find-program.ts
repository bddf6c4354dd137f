import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ChosenProgram } from './config.ts';
import { StartError } from './start-error.ts';

/** A program as it is looked for. */
interface WantedProgram {
  /** On the PATH. */
  name: string;
  /** The variable in which the user may name another one, and what it says. */
  variable: ChosenProgram;
  chosen: string | undefined;
}

/**
 * A program that the user names in a variable, or that is on the PATH; undefined where there is none.
 * @throws {StartError} when the variable names something that cannot be run
 */
export async function findProgram(
  { name, variable, chosen }: WantedProgram,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (chosen === undefined) return findOnPath(name, environment);
  if (await isExecutable(chosen)) return chosen;
  throw new StartError(
    `${variable} names ${chosen}, which is not a program that can be run. Correct it or remove it.`,
  );
}

export async function findOnPath(
  name: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    if (folder !== '' && (await isExecutable(join(folder, name)))) return join(folder, name);
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
