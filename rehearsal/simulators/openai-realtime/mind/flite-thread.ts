import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { parentPort, workerData } from 'node:worker_threads';
import { webAssembly } from './web-assembly.ts';

/** A sentence to speak; answered by {@link FliteAnswer} with the same id. */
export interface FliteRequest {
  id: number;
  text: string;
}

export type FliteAnswer = { id: number; wav: Uint8Array } | { id: number; error: string };

/** What the thread is started with. `directory` is a private, empty one: flite writes files only. */
export interface FliteThreadData {
  wasm: WebAssembly.Module;
  voice: string;
  directory: string;
}

/**
 * Runs the flite command once. A WASI command cannot be started twice, so each sentence gets an
 * instance of its own from the module that was compiled once.
 */
async function speakToWav(data: FliteThreadData, request: FliteRequest): Promise<Uint8Array> {
  const file = `${request.id}.wav`;
  const wasi = new WASI({
    version: 'preview1',
    args: ['flite', '-voice', data.voice, '-t', request.text, '-o', `/out/${file}`],
    preopens: { '/out': data.directory },
    returnOnExit: true,
  });
  const instance = await webAssembly.instantiate(data.wasm, {
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  const exitCode = wasi.start(instance);
  if (exitCode !== 0) throw new Error(`flite ended with code ${exitCode}`);
  return await readFile(join(data.directory, file));
}

const port = parentPort;
if (port !== null) {
  const data = workerData as FliteThreadData;
  port.on('message', (request: FliteRequest) => {
    void speakToWav(data, request).then(
      (wav) => port.postMessage({ id: request.id, wav } satisfies FliteAnswer),
      (error: unknown) =>
        port.postMessage({ id: request.id, error: String(error) } satisfies FliteAnswer),
    );
  });
}
