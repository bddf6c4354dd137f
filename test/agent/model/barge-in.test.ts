import { initializeLogger, voice } from '@livekit/agents';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { startServer } from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import {
  createTestMind,
  silence,
  tone,
} from '../../rehearsal/simulators/openai-realtime/test-mind.ts';
import { replyFromItems } from '../../support/forgetful-mind.ts';
import { openModelLine } from '../../support/model-line.ts';
import type { ModelLine } from '../../support/model-line.ts';
import { startTalking } from '../../support/talking-session.ts';
import type { TalkingSession } from '../../support/talking-session.ts';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

interface Call extends TalkingSession {
  line: ModelLine;
  /** Ends the tool that runs. */
  finish: (result: string) => void;
  runs: () => number;
}

async function call(
  reply: (conversation: Conversation) => Reply,
  changes: string[],
): Promise<Call> {
  const server = await startServer({ mind: createTestMind({ reply }) });
  onTestFinished(() => server.close());
  const line = await openModelLine({ target: server.baseUrl });
  onTestFinished(() => line.close());
  const work = Promise.withResolvers<string>();
  const run = vi.fn<() => Promise<string>>(() => work.promise);
  const talking = await startTalking({
    baseUrl: line.baseUrl,
    changes,
    tools: { [changes[0] ?? 'look']: run },
  });
  return { ...talking, line, finish: work.resolve, runs: () => run.mock.calls.length };
}

const outputs = ({ line }: Call) =>
  line.sent.filter((event) => event['item']?.type === 'function_call_output');

/** Begins to look, with words before it, and tells what was found once it knows. */
function looks({ items }: Conversation): Reply {
  const result = items.findLast((item) => item.type === 'function_call_output');
  if (result?.type === 'function_call_output') return { say: `Found ${result.output}.`, calls: [] };
  if (items.some((item) => item.type === 'function_call')) return { say: 'Yes?', calls: [] };
  return { say: 'Let me look.', calls: [{ name: 'look', arguments: { n: 1 } }] };
}

async function breakIn({ session, microphone }: Call): Promise<void> {
  const speaking = Promise.withResolvers<void>();
  session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ newState }) => {
    if (newState === 'speaking') speaking.resolve();
  });
  microphone.speak(silence(200), tone(400, 600, 24_000));
  await speaking.promise;
}

describe('a caller who breaks in', () => {
  it.each(['before', 'after'])('gets what a tool found that ended %s it', async (when) => {
    const talking = await call(looks, []);
    talking.loudspeaker.isSlow = true;
    talking.type('please look');
    await vi.waitUntil(() => talking.runs() === 1, { timeout: 5_000 });
    if (when === 'before') talking.finish('a time');
    await breakIn(talking);
    if (when === 'after') talking.finish('a time');
    talking.loudspeaker.isSlow = false;
    talking.microphone.speak(silence(900));
    await talking.hears(/^Found "?a time"?\.$/);
    expect(outputs(talking)).toHaveLength(1);
    expect(talking.runs()).toBe(1);
  });

  it('hears of a change all the same, and it is made once', async () => {
    const talking = await call(replyFromItems, ['book']);
    talking.loudspeaker.isSlow = true;
    talking.type('please book it');
    await vi.waitUntil(() => talking.runs() === 1, { timeout: 5_000 });
    // Nobody hears what is said meanwhile: the answer to a change is not broken off.
    talking.microphone.speak(silence(200), tone(400, 600, 24_000));
    talking.finish('booked 1');
    talking.loudspeaker.isSlow = false;
    talking.loudspeaker.finish(false);
    await talking.hears(/^Done: "?booked 1"?\.$/);
    expect(outputs(talking)).toHaveLength(1);
    expect(talking.runs()).toBe(1);
  });
});

describe('a line that is typed while a change is made', () => {
  it('is answered after the change, and does not ask for it anew', async () => {
    const talking = await call(replyFromItems, ['book']);
    talking.type('book it');
    await vi.waitUntil(() => talking.runs() === 1, { timeout: 5_000 });
    talking.type('what did you do');
    talking.finish('booked 1');
    await talking.hears(/^So far: "?booked 1"?\.$/);
    expect(talking.said.filter((text) => /^(Done|So far)/.test(text))).toHaveLength(2);
    expect(talking.said.at(-2)).toMatch(/^Done/);
    expect(talking.runs()).toBe(1);
  });
});
