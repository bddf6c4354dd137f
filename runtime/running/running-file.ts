import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from './private-file.ts';
import { identifyProcess } from './process-identity.ts';

const runningSchema = z.object({
  /** The process that supervises the parts. */
  pid: z.number().int(),
  /** The page's address. */
  url: z.string(),
  livekitUrl: z.string(),
  livekitApiKey: z.string(),
  livekitApiSecret: z.string(),
  databaseUrl: z.string(),
  workerName: z.string(),
  /** Base64 of 32 bytes. */
  masterKey: z.string(),
  rehearsal: z.boolean(),
  /** The rehearsal model's address, when one runs. */
  openaiBaseUrl: z.string().optional(),
  /** The demo number, and where LiveKit SIP listens; only under --phone. */
  phone: z.object({ number: z.string(), sipPort: z.number().int() }).optional(),
});

/** Where the parts of a running start are reached, with their keys. */
export type Running = z.infer<typeof runningSchema>;

function runningPath(dataDirectory: string): string {
  return join(dataDirectory, 'running.json');
}

/** Says how to reach the start that runs on this data directory, or undefined when none does. */
export async function readRunning(dataDirectory: string): Promise<Running | undefined> {
  const text = await readFile(runningPath(dataDirectory), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const running = parseRunning(text);
  // A start that was killed could not remove its file.
  return running && (await identifyProcess(running.pid)) ? running : undefined;
}

/** Undefined for what another version or another program wrote. */
function parseRunning(text: string): Running | undefined {
  try {
    return runningSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function writeRunning(dataDirectory: string, running: Running): Promise<void> {
  await writePrivateFile(
    runningPath(dataDirectory),
    `${JSON.stringify(runningSchema.parse(running), null, 2)}\n`,
  );
}

export async function removeRunning(dataDirectory: string): Promise<void> {
  await rm(runningPath(dataDirectory), { force: true });
}
