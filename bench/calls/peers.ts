import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSlotline } from '../../start/running.ts';
import type { StartedSlotline } from '../../start/running.ts';
import { startScriptedModel } from '../scripted-model/scripted-model.ts';
import type { ScriptedModel } from '../scripted-model/scripted-model.ts';
import type { Line } from './measure-call.ts';
import { workerOf } from './processes.ts';
import { dialSlotline } from './slotline-line.ts';
import { startStockLine } from './stock-line.ts';

export interface Peer {
  name: string;
  line: Line;
  /** The worker's process. */
  pid: number;
}

export interface Peers {
  ours: Peer;
  stock: Peer;
  slotline: StartedSlotline;
  model: ScriptedModel;
  stop: () => Promise<void>;
}

/**
 * Slotline and a stock worker on the same LiveKit server, with a model that costs next to nothing.
 * @param mostCalls at once
 */
export async function startPeers(mostCalls: number): Promise<Peers> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'slotline-bench-'));
  const model = await startScriptedModel();
  const slotline = await startSlotline({
    ephemeral: true,
    dataDirectory,
    environment: {
      ...process.env,
      AGENT_MAX_CALLS: String(mostCalls),
      OPENAI_API_KEY: model.apiKey,
      OPENAI_BASE_URL: model.baseUrl,
    },
  });
  const stock = await startStockLine({ ...slotline, openaiBaseUrl: model.baseUrl }, model.apiKey);
  return {
    ours: {
      name: 'Slotline',
      line: { dial: () => dialSlotline(slotline) },
      pid: await workerOf(slotline.pid),
    },
    stock: { name: 'stock', line: stock, pid: stock.pid },
    slotline,
    model,
    stop: async () => {
      await stock.stop();
      await slotline.stop();
      await model.stop();
      await rm(dataDirectory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
