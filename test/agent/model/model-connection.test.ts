import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServer } from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import { openModelLine } from '../../support/model-line.ts';
import type { ModelLine, ModelLineOptions } from '../../support/model-line.ts';
import { startTalking } from '../../support/talking-session.ts';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

async function openLine(options: Omit<ModelLineOptions, 'target'>): Promise<ModelLine> {
  const server = await startServer();
  onTestFinished(() => server.close());
  const line = await openModelLine({ target: server.baseUrl, ...options });
  onTestFinished(() => line.close());
  return line;
}

/** How long a call takes to know that it cannot go on, and why. */
async function failure(line: ModelLine): Promise<{ milliseconds: number; message: string }> {
  const begun = performance.now();
  const { failures } = await startTalking({ baseUrl: line.baseUrl });
  await vi.waitUntil(() => failures.length > 0, { timeout: 20_000, interval: 10 });
  return { milliseconds: performance.now() - begun, message: failures[0]?.message ?? '' };
}

describe('a handshake that fails', () => {
  it('is tried again, and the caller notices nothing', async () => {
    const line = await openLine({ handshake: (number) => (number < 3 ? 503 : null) });
    const { type, hears, failures } = await startTalking({ baseUrl: line.baseUrl });
    type('good morning');
    await hears(/^You said: good morning\.$/);
    expect(line.handshakes).toBe(3);
    expect(failures).toEqual([]);
  });

  it.each<[string, number | 'hang']>([
    ['is refused', 503],
    ['gets no answer', 'hang'],
  ])('ends the call within four seconds when every one %s', async (_, handshake) => {
    const line = await openLine({ handshake: () => handshake });
    const { milliseconds, message } = await failure(line);
    expect(milliseconds).toBeLessThan(4_000);
    expect(message).toMatch(/^The model at 127\.0\.0\.1:\d+ cannot be reached: .*OPENAI_BASE_URL/);
    expect(line.handshakes).toBeLessThan(6);
  });

  it('is not tried again where the key is refused, and says so', async () => {
    const line = await openLine({ handshake: () => 401 });
    const { milliseconds, message } = await failure(line);
    expect(milliseconds).toBeLessThan(2_000);
    expect(message).toMatch(/^127\.0\.0\.1:\d+ refuses the key \(status 401\): set OPENAI_API_KEY/);
    expect(line.handshakes).toBe(1);
  });

  it('is a connection that is closed at once, too', async () => {
    const line = await openLine({
      fromAgent: (_, connection) => {
        const error = { code: 'model_not_found', message: 'There is no such model.' };
        connection.toAgent({ type: 'error', error });
        connection.close(4_000, 'invalid_request_error.model_not_found');
        return false;
      },
    });
    const { milliseconds, message } = await failure(line);
    expect(milliseconds).toBeLessThan(4_000);
    expect(message).toContain('model_not_found');
    expect(message).not.toContain('There is no such model.');
    expect(line.handshakes).toBeLessThan(6);
  });
});

describe('a connection', () => {
  it('outlives events that cannot be read', async () => {
    const line = await openLine({});
    const onUnreadable = vi.fn<() => void>();
    const talking = await startTalking({ baseUrl: line.baseUrl, model: { onUnreadable } });
    talking.type('one');
    await talking.hears(/^You said: one\.$/);
    const unreadable = ['', 'no JSON', 'null', '7', '[]', '{}', '{"type":5}', '{"type":"error"}'];
    for (const text of unreadable) line.connection?.toAgent(text);
    talking.type('two');
    await talking.hears(/^You said: two\.$/);
    expect(onUnreadable).toHaveBeenCalled();
    expect(line.handshakes).toBe(1);
  });

  it('tells once that it is gone for longer than a moment, and not of a short break', async () => {
    let refusal: number | null = null;
    const line = await openLine({ handshake: () => refusal });
    const onLost = vi.fn<() => void>();
    const model = { onLost, lostAfter: 500 };
    const talking = await startTalking({ baseUrl: line.baseUrl, model });
    talking.type('one');
    await talking.hears(/^You said: one\.$/);
    line.connection?.cut();
    talking.type('two');
    await talking.hears(/^You said: two\.$/);
    expect(onLost).not.toHaveBeenCalled();
    refusal = 503;
    line.connection?.cut();
    await vi.waitUntil(() => onLost.mock.calls.length > 0, { timeout: 5_000 });
    refusal = null;
    talking.type('three');
    await talking.hears(/^You said: three\.$/);
    expect(onLost).toHaveBeenCalledTimes(1);
    expect(talking.failures).toEqual([]);
  });

  it('is replaced when its network swallows everything without a word', async () => {
    const line = await openLine({});
    const talking = await startTalking({ baseUrl: line.baseUrl });
    talking.type('one');
    await talking.hears(/^You said: one\.$/);
    await vi.waitUntil(() => (line.connection?.pings ?? 0) > 0, { timeout: 5_000 });
    line.connection?.freeze();
    talking.type('two');
    await talking.hears(/^You said: two\.$/);
    expect(line.handshakes).toBe(2);
  }, 20_000);
});
