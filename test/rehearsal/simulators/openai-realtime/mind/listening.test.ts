import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import type { Listening } from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { NUMBER_KNOWN, PHONE_TOOLS, Talk, TOOLS_WITH_KINDS } from './talk.ts';

const dialogue = createDialogue();

function listening(lines: readonly string[], tools?: typeof TOOLS_WITH_KINDS): Listening {
  return dialogue.listening(new Talk(dialogue, tools).play(...lines).conversation);
}

describe('what the ears are told', () => {
  const offered = ['tuesday afternoon', 'tool:tuesday'];
  const chosen = [...offered, 'the second one'];

  it('has the times that were just offered, as they are spoken, and no others', () => {
    expect(listening(offered)).toStrictEqual({
      spelled: null,
      offered: ['tuesday', 'november twenty fourth', 'one', 'two thirty', 'four'],
    });
    expect(listening(['hello']).offered).not.toContain('november twenty fourth');
  });

  it('says that a name, an address or a number is asked for', () => {
    expect(listening(chosen).spelled).toBe('name');
    const asked = listening([...chosen, 'my name is Mary Smith']);
    expect(asked.spelled).toBe('email');
    expect(asked.offered).toEqual(['mary', 'smith']);
    const keying = new Talk(dialogue, PHONE_TOOLS, NUMBER_KNOWN).play(
      ...chosen,
      'my name is Mary Smith',
      'mary at example dot com',
      'another number please',
      'tool:ready',
    );
    expect(dialogue.listening(keying.conversation).spelled).toBe('number');
  });

  it('has the kinds of appointments, and yes and no where one of them is asked for', () => {
    expect(listening([], TOOLS_WITH_KINDS).offered).toEqual(
      expect.arrayContaining(['demo', 'support']),
    );
    const confirming = [...chosen, 'typed:my name is Mary Smith, mary@example.com'];
    expect(listening(confirming).offered).toEqual(expect.arrayContaining(['yes', 'no']));
  });
});
