import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('main.ts', import.meta.url));

/** What the model noticed since it was last asked. */
export interface ModelReport {
  /** Of each answer to a caller's sentence, in order: milliseconds that the model itself took. */
  ownTimes: number[];
  /**
   * Of each 20 ms of callers' sound that came: milliseconds it came later than the fastest of its call
   * did, of its place in the sound.
   */
  audioDelays: number[];
}

/** From the model's process. */
export type FromScriptedModel =
  | { kind: 'ready'; baseUrl: string; apiKey: string }
  | ({ kind: 'report' } & ModelReport);

export interface ScriptedModel {
  baseUrl: string;
  apiKey: string;
  report: () => Promise<ModelReport>;
  stop: () => Promise<void>;
}

/** A model in a process of its own that costs next to nothing: what is measured is the agent's. */
export async function startScriptedModel(): Promise<ScriptedModel> {
  const child = fork(PROGRAM);
  const exited = once(child, 'exit');
  const receive = async <Kind extends FromScriptedModel['kind']>(
    kind: Kind,
  ): Promise<FromScriptedModel & { kind: Kind }> => {
    const [message] = (await Promise.race([
      once(child, 'message'),
      exited.then(() => Promise.reject(new Error('The scripted model ended.'))),
    ])) as [FromScriptedModel];
    if (message.kind !== kind) throw new Error(`The scripted model said ${message.kind}.`);
    return message as FromScriptedModel & { kind: Kind };
  };
  const { baseUrl, apiKey } = await receive('ready');
  return {
    baseUrl,
    apiKey,
    report: () => {
      const answer = receive('report');
      child.send('report');
      return answer;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
