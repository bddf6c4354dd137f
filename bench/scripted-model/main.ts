import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { createRealtimeServer } from '../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import { AudioDelays } from './audio-delays.ts';
import { createScriptedMind } from './scripted-mind.ts';
import type { FromScriptedModel } from './scripted-model.ts';

const apiKey = randomBytes(16).toString('hex');
let ownTimes: number[] = [];
const delays = new AudioDelays();
const server = createRealtimeServer({
  mind: createScriptedMind((ownTime) => ownTimes.push(ownTime)),
  apiKey,
  logger: pino({ level: 'silent' }),
  detectorLag: 0,
  onMessage: (text, sessionId) => delays.received(text, sessionId),
});
const port = await server.listen({ host: '127.0.0.1', port: 0 });
process.on('message', () => {
  tell({ kind: 'report', ownTimes, audioDelays: delays.take() });
  ownTimes = [];
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready', baseUrl: `http://127.0.0.1:${port}/v1`, apiKey });

function tell(message: FromScriptedModel): void {
  process.send?.(message, () => {});
}
