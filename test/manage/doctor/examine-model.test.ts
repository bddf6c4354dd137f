import { describe, expect, it, onTestFinished } from 'vitest';
import { examineModels } from '../../../manage/doctor/examine-model.ts';
import type { ModelAccess } from '../../../manage/doctor/read-models.ts';
import {
  API_KEY,
  startServer,
} from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';

const AGENT = { slug: 'front-desk', realtimeModel: null, transcriptionModel: null };

async function examine(
  access: Partial<ModelAccess>,
  agent: Partial<Parameters<typeof examineModels>[1]> = {},
  day = '2026-11-28',
) {
  const server = await startServer();
  onTestFinished(() => server.close());
  const model = {
    baseUrl: server.baseUrl,
    apiKey: API_KEY,
    realtimeModel: 'gpt-realtime-2.1',
    transcriptionModel: 'gpt-transcribe',
    proxy: {},
    ...access,
  };
  return examineModels({ model, now: () => new Date(day) }, { ...AGENT, ...agent });
}

describe('the models of an agent', () => {
  it('are there, and stay', async () => {
    expect(await examine({})).toMatchObject([
      { part: 'model', of: 'front-desk', state: 'ok', found: 'gpt-realtime-2.1, no end announced' },
      { state: 'ok', found: 'gpt-transcribe, no end announced' },
    ]);
  });

  it("are warned of when one is switched off soon, the agent's own too", async () => {
    const findings = await examine(
      { transcriptionModel: 'whisper-1' },
      { realtimeModel: 'gpt-realtime-mini' },
    );
    expect(findings).toMatchObject([
      {
        state: 'warning',
        found: 'gpt-realtime-mini is switched off on 2027-01-20, in 53 day(s)',
        remedy: expect.stringContaining('agents edit front-desk --model'),
      },
      { state: 'warning', found: 'whisper-1 is switched off on 2027-02-26, in 90 day(s)' },
    ]);
  });

  it('are not warned of long before, and fail on the day', async () => {
    const agent = { realtimeModel: 'gpt-realtime' };
    expect(await examine({}, agent, '2026-10-01')).toMatchObject([
      { state: 'ok', found: 'gpt-realtime, until 2027-01-20' },
      { state: 'ok' },
    ]);
    expect(await examine({}, agent, '2027-01-20')).toMatchObject([
      { state: 'failed', found: 'gpt-realtime was switched off on 2027-01-20' },
      { state: 'ok' },
    ]);
  });

  it('are warned of when the key has no such model', async () => {
    expect(await examine({ realtimeModel: 'gpt-realtime-9' })).toMatchObject([
      { state: 'warning', found: 'gpt-realtime-9 is not among the models of this key' },
      { state: 'ok' },
    ]);
  });

  it('cannot be asked for with a wrong key, and where nothing answers', async () => {
    expect(await examine({ apiKey: 'wrong' })).toMatchObject([
      { state: 'failed', remedy: expect.stringContaining('OPENAI_API_KEY') },
    ]);
    expect(await examine({ baseUrl: 'http://127.0.0.1:1/v1' })).toMatchObject([
      { state: 'warning', remedy: expect.stringContaining('OPENAI_BASE_URL') },
    ]);
  });
});
