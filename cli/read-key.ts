import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Standard input. */
export type KeyInput = NodeJS.ReadableStream & { isTTY?: boolean };

/**
 * A calendar's key or a trunk's password, from the environment or standard input; at a terminal it is
 * asked for, and not shown. Never from an argument: other users of the machine can read those.
 *
 * @returns null when none was given
 */
export async function readKey(
  fromEnvironment: string | null,
  input: KeyInput,
  question: string,
): Promise<string | null> {
  const key = fromEnvironment ?? (input.isTTY ? await ask(input, question) : await readAll(input));
  return key.trim() || null;
}

async function readAll(input: KeyInput): Promise<string> {
  let text = '';
  for await (const chunk of input) text += chunk.toString();
  return text;
}

async function ask(input: KeyInput, question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  // With an output that swallows everything, the terminal echoes nothing.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
