import { EventEmitter } from 'node:events';
import { initializeLogger, voice } from '@livekit/agents';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { SpokenLanguage } from '../../../booking/languages/spoken-language.ts';
import { Filler } from '../../../agent/model/filler.ts';
import { livekitTool } from '../../../agent/tools/livekit-tool.ts';
import type { Tool } from '../../../booking/tools/tool.ts';
import type { ToolDesk } from '../../../booking/tools/tool-desk.ts';
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
import { openModelLine } from '../../support/model-line.ts';
import type { ModelLineOptions } from '../../support/model-line.ts';
import { startTalking } from '../../support/talking-session.ts';

const { AgentStateChanged } = voice.AgentSessionEventTypes;

class Session extends EventEmitter {
  agentState: voice.AgentState = 'thinking';
  userState: voice.UserState = 'listening';
  asked: string[] = [];
  interrupt = vi.fn<() => void>();

  generateReply({ instructions }: { instructions: string }) {
    this.asked.push(instructions);
    return { done: () => false, interrupt: this.interrupt };
  }

  become(newState: voice.AgentState): void {
    const oldState = this.agentState;
    this.agentState = newState;
    this.emit(AgentStateChanged, { oldState, newState });
  }
}

describe('a pause that a tool makes', () => {
  let session: Session;
  let filler: Filler;
  beforeEach(() => {
    vi.useFakeTimers();
    session = new Session();
    filler = new Filler(session as unknown as voice.AgentSession, {
      language: new SpokenLanguage({ language: 'fr' }),
      logger: pino({ level: 'silent' }),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
  const begin = () => {
    const work = Promise.withResolvers<string>();
    const result = filler.during(() => work.promise);
    return {
      end: async () => {
        work.resolve('found');
        expect(await result).toBe('found');
      },
    };
  };

  it('is filled after 800 ms, once, in the language of the agent', async () => {
    const tool = begin();
    await pass(790);
    expect(session.asked).toEqual([]);
    await pass(20);
    expect(session.asked).toEqual([expect.stringMatching(/"Un instant, s’il vous plaît\."$/)]);
    await pass(30_000);
    expect(session.asked).toHaveLength(1);
    await tool.end();
  });

  it('is not filled where the tool was quicker, nor where it failed', async () => {
    const tool = begin();
    await pass(700);
    await tool.end();
    await expect(filler.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await pass(10_000);
    expect(session.asked).toEqual([]);
  });

  it.each([
    ['are being said', 0],
    ['were just said', -400],
  ])('is left to words of the model that %s', async (_, at) => {
    session.become('speaking');
    if (at < 0) {
      session.become('thinking');
      await pass(-at);
    }
    const tool = begin();
    await pass(1_000);
    if (at === 0) session.become('thinking');
    await pass(1_500);
    expect(session.asked).toEqual([]);
    // A tool that takes much longer is told of all the same.
    await pass(4_000);
    expect(session.asked).toHaveLength(1);
    await tool.end();
  });

  it('is filled after words of an answer that is over', async () => {
    session.become('speaking');
    session.become('listening');
    await pass(5_000);
    const tool = begin();
    await pass(900);
    expect(session.asked).toHaveLength(1);
    await tool.end();
  });

  it('does not break into what the caller says', async () => {
    session.userState = 'speaking';
    const tool = begin();
    await pass(2_000);
    expect(session.asked).toEqual([]);
    await tool.end();
  });

  it('is not filled any more when the answer is there', async () => {
    const tool = begin();
    await pass(900);
    await tool.end();
    expect(session.interrupt).toHaveBeenCalledTimes(1);
  });

  it('is none while the tool waits for what is being heard', async () => {
    const heard = Promise.withResolvers<void>();
    const work = Promise.withResolvers<void>();
    const tool = livekitTool(
      {
        name: 'note',
        description: 'Notes something.',
        schema: z.object({}),
        changes: false,
        run: async (_, turn) => {
          const isHeard = await turn.heard();
          await work.promise;
          return isHeard;
        },
      },
      {
        desk: {
          run: (one: Tool, args: unknown, turn: unknown) => one.run(args, turn),
        } as unknown as ToolDesk,
        replies: { during: (run) => run() },
        filler,
      },
    );
    const ctx = {
      session,
      speechHandle: { chatItems: [{ type: 'message' }] },
      waitForPlayout: () => heard.promise,
    } as unknown as voice.RunContext;
    const result = tool.execute(
      {},
      {
        ctx,
        toolCallId: 'call_1',
        abortSignal: new AbortController().signal,
      },
    );
    await pass(5_000);
    expect(session.asked).toEqual([]);
    heard.resolve();
    await pass(1_000);
    expect(session.asked).toHaveLength(1);
    work.resolve();
    expect(await result).toBe(true);
  });

  it('is filled to the end of the word that is being said', async () => {
    const tool = begin();
    await pass(900);
    session.become('speaking');
    await tool.end();
    expect(session.interrupt).not.toHaveBeenCalled();
  });
});

describe('a tool that takes long', () => {
  beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

  /** Says what it must, looks when it is asked to, and tells what was found. */
  function looks({ items, responseInstructions }: Conversation): Reply {
    const exact = /word for word: "(.*)"/u.exec(responseInstructions ?? '');
    if (exact?.[1] !== undefined) return { say: exact[1], calls: [] };
    const result = items.findLast((item) => item.type === 'function_call_output');
    if (result?.type === 'function_call_output') {
      return { say: `Found ${result.output}.`, calls: [] };
    }
    if (items.some((item) => item.type === 'function_call')) return { say: 'Yes?', calls: [] };
    const asked = items.findLast((item) => item.type === 'message' && item.role === 'user');
    const isPolite = asked?.type === 'message' && asked.text.includes('please');
    const call = { name: 'look', arguments: { n: 1 } };
    return { say: isPolite ? 'Let me look.' : null, calls: [call] };
  }

  async function call(changes: string[] = [], events: Partial<ModelLineOptions> = {}) {
    const server = await startServer({ mind: createTestMind({ reply: looks }) });
    onTestFinished(() => server.close());
    const line = await openModelLine({ target: server.baseUrl, ...events });
    onTestFinished(() => line.close());
    const work = Promise.withResolvers<string>();
    const run = vi.fn<() => Promise<string>>(() => work.promise);
    const talking = await startTalking({
      baseUrl: line.baseUrl,
      changes,
      tools: { look: run },
      fills: true,
    });
    const outputs = () =>
      line.sent.filter((event) => event['item']?.type === 'function_call_output').length;
    return { ...talking, finish: () => work.resolve('a time'), run, outputs };
  }

  it.each([[[]], [['look']]])(
    'is told of, and then what it found (changes: %j)',
    async (changes) => {
      const talking = await call(changes);
      talking.type('look');
      await talking.hears(/^One moment, please\.$/);
      talking.finish();
      await talking.hears(/^Found "?a time"?\.$/);
      expect(talking.said).toEqual(['One moment, please.', expect.stringMatching(/^Found/)]);
      expect(talking.outputs()).toBe(1);
    },
  );

  it('is not told of beside words of its own', async () => {
    const talking = await call();
    talking.loudspeaker.isSlow = true;
    talking.type('please look');
    await vi.waitUntil(() => talking.run.mock.calls.length === 1, { timeout: 5_000 });
    await vi.waitUntil(() => talking.session.agentState === 'speaking', { timeout: 5_000 });
    talking.loudspeaker.isSlow = false;
    talking.loudspeaker.finish(false);
    const toolBegan = performance.now();
    await vi.waitUntil(() => performance.now() - toolBegan > 1_200, { timeout: 5_000 });
    talking.finish();
    await talking.hears(/^Found/);
    expect(talking.said).toEqual(['Let me look.', expect.stringMatching(/^Found/)]);
  });

  it('gives its result to a caller who breaks into the word', async () => {
    let [begun, answers] = [0, 0];
    const talking = await call([], {
      fromModel: ({ type }) => {
        if (type === 'response.created') begun += 1;
        if (type === 'response.done') answers += 1;
      },
    });
    talking.loudspeaker.isSlow = true;
    talking.type('look');
    // All of the word has come, and is being said.
    const isSaid = () => answers === 2 && talking.session.agentState === 'speaking';
    await vi.waitUntil(isSaid, { timeout: 10_000 });
    const speaking = Promise.withResolvers<void>();
    talking.session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ newState }) => {
      if (newState === 'speaking') speaking.resolve();
    });
    talking.microphone.speak(silence(200), tone(400, 600, 24_000));
    await speaking.promise;
    talking.finish();
    talking.loudspeaker.isSlow = false;
    talking.microphone.speak(silence(900));
    await talking.hears(/^Found "?a time"?\.$/);
    expect(talking.outputs()).toBe(1);
    expect(talking.run).toHaveBeenCalledTimes(1);
    // The plugin does not take the rest of what nobody reads any more.
    const isOver = () => begun === answers && talking.session.agentState === 'listening';
    await vi.waitUntil(isOver, { timeout: 10_000 });
  });

  it('is answered though the word was never said, and nobody asks for it again', async () => {
    let isRefused = false;
    const talking = await call([], {
      fromAgent: (event, connection) => {
        const words = String(event['response']?.instructions ?? '');
        if (event.type !== 'response.create' || !words.includes('One moment')) return true;
        isRefused = true;
        const error = { type: 'server_error', code: 'server_error', event_id: event['event_id'] };
        connection.toAgent({ type: 'error', error });
        return false;
      },
    });
    talking.type('look');
    await vi.waitUntil(() => isRefused, { timeout: 5_000 });
    talking.finish();
    await talking.hears(/^Found "?a time"?\.$/);
    expect(talking.said).toEqual([expect.stringMatching(/^Found/)]);
  });
});
