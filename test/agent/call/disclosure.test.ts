import { EventEmitter } from 'node:events';
import { voice } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { Disclosure } from '../../../agent/call/disclosure.ts';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { SpokenCall } from '../../support/spoken-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();

const EXACT = /word for word: "(.*)"/u;

/** @param obey whether the model says what it is told to say */
async function open(
  obey: (conversation: Conversation) => boolean,
  agent: { disclosesAi?: boolean; greeting?: string; language?: string } = {},
) {
  const { agentId, organizationId } = await insertTenant(database.db, { agent });
  const reply = (conversation: Conversation): Reply => {
    const words = EXACT.exec(conversation.responseInstructions ?? '')?.[1];
    if (words === undefined) return { say: 'All right.', calls: [] };
    return { say: obey(conversation) ? words : 'Clinic, hello there.', calls: [] };
  };
  const call = await SpokenCall.open(database.db, { agentId, dialogue: { reply } });
  const saidOf = async () => {
    await call.close();
    const marks = await database.db
      .selectFrom('callMarks')
      .select('details')
      .where('organizationId', '=', organizationId)
      .where('kind', '=', 'disclosure')
      .execute();
    return marks.map(({ details }) => (details as { said: string }).said);
  };
  return { call, saidOf };
}

describe('a caller hears that they speak with an AI', () => {
  it('with the greeting', async () => {
    const { call, saidOf } = await open(() => true);
    call.conversation.greet();
    await call.hears('Hi, this is Harbor Street Clinic, how can I help you? I am an AI assistant.');
    await call.isQuiet();
    call.say('hello');
    await call.hears('All right.');
    await call.isQuiet();
    expect(call.heard().match(/AI/g)).toHaveLength(1);
    expect(await saidOf()).toEqual(['greeting']);
  });

  it('in the words and the language of the agent', async () => {
    const greeting = 'Guten Tag, hier ist die virtuelle Assistentin der Praxis.';
    const { call, saidOf } = await open(() => true, { greeting, language: 'de' });
    call.conversation.greet();
    await call.hears(greeting);
    await call.isQuiet();
    expect(call.heard().trim()).toBe(greeting);
    expect(await saidOf()).toEqual(['greeting']);
  });

  it('after a greeting that the model said in other words', async () => {
    let isFirst = true;
    const { call, saidOf } = await open(() => {
      const obeys = !isFirst;
      isFirst = false;
      return obeys;
    });
    call.conversation.greet();
    await call.hears(/^\s*Clinic, hello there\.\s+I am an AI assistant\.$/);
    await call.isQuiet();
    expect(await saidOf()).toEqual(['later']);
  });

  it('and it is on record where nobody stayed to hear it', async () => {
    const { saidOf } = await open(() => true);
    expect(await saidOf()).toEqual(['missing']);
  });

  it('not where that is switched off', async () => {
    const { call, saidOf } = await open(() => true, { disclosesAi: false });
    call.conversation.greet();
    await call.hears('how can I help you?');
    await call.isQuiet();
    expect(call.heard()).not.toMatch(/AI/);
    expect(await saidOf()).toEqual(['off']);
  });
});

describe('a greeting that the caller breaks off', () => {
  const follow = (heardBefore: string[] = []) => {
    const marks: unknown[] = [];
    const asked: unknown[] = [];
    const session = new EventEmitter();
    const disclosure = new Disclosure({
      agent: { businessName: 'Harbor', disclosesAi: true, language: 'de' },
      record: { mark: (kind, details) => marks.push([kind, details]) },
      replies: { say: (reply) => asked.push(reply) },
    });
    disclosure.follow(session as unknown as voice.AgentSession, heardBefore);
    const says = (textContent: string, interrupted = false): void => {
      const item = { type: 'message', role: 'assistant', textContent, interrupted };
      session.emit(voice.AgentSessionEventTypes.ConversationItemAdded, { item });
    };
    return { marks, asked, says, disclosure };
  };

  it('is made good after the answer to whoever broke in', () => {
    const { marks, asked, says } = follow();
    says('Guten Tag, hier', true);
    expect(asked).toEqual([]);
    says('Am Montag um zehn.');
    expect(asked).toEqual([
      { instructions: 'Say exactly this, word for word: "Ich bin ein KI-Assistent."' },
    ]);
    says('Ich bin ein KI-Assistent.');
    says('Passt das?');
    expect(asked).toHaveLength(1);
    expect(marks).toEqual([['disclosure', { said: 'later' }]]);
  });

  it('is asked for twice at most, of a model that will not say it', () => {
    const { marks, asked, says, disclosure } = follow();
    for (let turn = 0; turn < 5; turn += 1) says('Passt das?');
    disclosure.close();
    expect(asked).toHaveLength(2);
    expect(marks).toEqual([['disclosure', { said: 'missing' }]]);
  });

  it('is not said again by a process that took the call over', () => {
    const { marks, asked, says, disclosure } = follow(['Hallo. Ich bin ein KI-Assistent.']);
    says('Da bin ich wieder.');
    disclosure.close();
    expect({ marks, asked }).toEqual({ marks: [], asked: [] });
  });
});
