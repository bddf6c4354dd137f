import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRealtimeModel } from '../../../agent/model/realtime-model.ts';
import type { SessionFields } from '../../../agent/model/session-fields.ts';
import {
  API_KEY,
  startServer,
} from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import { openModelLine } from '../../support/model-line.ts';
import type { LineEvent, ModelLineOptions } from '../../support/model-line.ts';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const FIELDS = {
  model: 'gpt-realtime-2.1',
  transcriptionModel: 'gpt-transcribe',
  language: 'de-CH',
};

/** Opens a session; answers how the model's server describes it in the end, and what it refused. */
async function describeSession(
  fields: SessionFields,
  fromAgent: ModelLineOptions['fromAgent'] = () => {},
): Promise<{ session: LineEvent; refused: LineEvent[] }> {
  const server = await startServer();
  onTestFinished(() => server.close());
  const updated: LineEvent[] = [];
  const refused: LineEvent[] = [];
  const line = await openModelLine({
    target: server.baseUrl,
    fromAgent,
    fromModel: (event) => {
      if (event.type === 'session.updated') updated.push(event);
      if (event.type === 'error') refused.push(event);
    },
  });
  onTestFinished(() => line.close());
  const session = createRealtimeModel({
    ...fields,
    apiKey: API_KEY,
    baseUrl: line.baseUrl,
    voice: 'marin',
    proxy: {},
    onUnreachable: () => {},
    onUnreadable: () => {},
  }).session();
  session.on('error', () => {});
  onTestFinished(() => session.close());
  await session.updateInstructions('You are the receptionist.');
  await vi.waitUntil(() => updated.at(-1)?.['session'].instructions, { timeout: 5_000 });
  return { session: updated.at(-1)?.['session'] as LineEvent, refused };
}

describe('a session', () => {
  it('has what the plugin does not send', async () => {
    const keywords = ['Harbor Street Clinic', 'Consultation', 'Consultation'];
    const { session, refused } = await describeSession({ ...FIELDS, keywords });
    expect(refused).toEqual([]);
    expect(session).toMatchObject({
      model: 'gpt-realtime-2.1',
      instructions: 'You are the receptionist.',
      reasoning: { effort: 'low' },
      parallel_tool_calls: false,
      truncation: { type: 'retention_ratio', retention_ratio: 0.8 },
      audio: { input: { turn_detection: { type: 'semantic_vad' } } },
    });
    expect(session['audio'].input.transcription).toEqual({
      model: 'gpt-transcribe',
      languages: ['de', 'en'],
      keywords: ['Harbor Street Clinic', 'Consultation'],
    });
  });

  it('asks an older model for nothing that it does not know', async () => {
    const { session, refused } = await describeSession({
      model: 'gpt-realtime-1.5',
      transcriptionModel: 'gpt-4o-mini-transcribe',
      language: 'fr',
      keywords: ['Consultation'],
    });
    expect(refused).toEqual([]);
    expect(session).not.toHaveProperty('reasoning');
    expect(session).not.toHaveProperty('parallel_tool_calls');
    expect(session['audio'].input.transcription).toEqual({
      model: 'gpt-4o-mini-transcribe',
      language: 'fr',
    });
  });

  it('thinks as long as it is told to, whatever its model is called', async () => {
    const model = 'my-deployment';
    const { session } = await describeSession({ ...FIELDS, model, reasoningEffort: 'high' });
    expect(session).toMatchObject({ reasoning: { effort: 'high' } });
  });

  it('keeps its instructions where its transcription model is refused', async () => {
    const { session, refused } = await describeSession(FIELDS, (event, line) => {
      if (event['session']?.audio?.input?.transcription === undefined) return true;
      line.toModel({ ...event, session: { ...event['session'], unknown: true } });
      return false;
    });
    expect(refused).toHaveLength(1);
    expect(session).toMatchObject({
      instructions: 'You are the receptionist.',
      reasoning: { effort: 'low' },
      audio: { input: { transcription: null, turn_detection: { type: 'semantic_vad' } } },
    });
  });
});
