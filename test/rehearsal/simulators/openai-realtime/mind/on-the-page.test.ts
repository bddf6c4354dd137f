import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { Talk, TOOLS } from './talk.ts';

const TAPPED = 'typed:[on the page: I choose Tuesday, November 24 at 2:30 PM (slot_id slot_2)]';
const GIVEN = 'typed:[on the page: my name is Mary Smith and my e-mail is mary@example.com]';
const open = (...tools: string[]) => new Talk(createDialogue(), [...TOOLS, ...tools]);

describe('what a caller does on the page', () => {
  it('is said, and asked on from', () => {
    const talk = open().play('tuesday afternoon', 'tool:tuesday', TAPPED);
    expect(talk.reply.say).toBe('You chose Tuesday, November 24 at 2:30 PM. What is your name?');
    expect(talk.play(GIVEN).reply.say).toMatch(
      /November 24 at 2:30 PM.*for Mary Smith, mary@example\.com\. Shall I book it\?$/,
    );
  });

  it('is a yes to what it names, at once', () => {
    const talk = open().play('tuesday afternoon', 'tool:tuesday', TAPPED, GIVEN);
    talk.play('typed:[on the page: Yes, book it: Tuesday, November 24 at 2:30 PM, for Mary Smith]');
    expect(talk.reply.calls).toMatchObject([
      {
        name: 'schedule_appointment',
        arguments: { slot_id: 'slot_2', attendee_name: 'Mary Smith' },
      },
    ]);
  });

  it('chooses nothing that was not offered', () => {
    const talk = open().play('tuesday afternoon', 'tool:tuesday');
    talk.play('typed:[on the page: I choose Sunday, May 9 at 1:00 AM (slot_id slot_99)]');
    expect(talk.reply.say ?? '').not.toMatch(/you chose|what is your name/i);
  });
});

describe('a caller with a page', () => {
  it('is shown what was heard, once, beside the answer', () => {
    const talk = open('note_details').play('tuesday afternoon', 'tool:tuesday');
    talk.play('the second one please');
    expect(talk.reply).toEqual({
      say: expect.stringMatching(/name\?$/) as string,
      calls: [{ name: 'note_details', arguments: { slot_id: 'slot_2' } }],
    });
    talk.play('typed:my name is Mary Smith');
    expect(talk.reply.calls).toEqual([{ name: 'note_details', arguments: { name: 'Mary Smith' } }]);
    talk.play('typed:what was the question?');
    expect(talk.reply.calls).toEqual([]);
  });
});
