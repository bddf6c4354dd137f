import { describe, expect, it } from 'vitest';
import {
  asConversationItem,
  ConversationItems,
} from '../../../../rehearsal/simulators/openai-realtime/conversation-items.ts';
import type { MessageItem } from '../../../../rehearsal/simulators/openai-realtime/server-events.ts';

function spoken(id: string, role: 'user' | 'assistant'): MessageItem {
  return {
    id,
    object: 'realtime.item',
    type: 'message',
    status: 'completed',
    role,
    content: [{ type: role === 'user' ? 'input_audio' : 'output_audio', transcript: '' }],
  };
}

describe('what the mind reads', () => {
  it('is what was recognised, though the client asked for no transcript', () => {
    const items = new ConversationItems();
    items.insert(spoken('item_1', 'user'), null, { pieces: [], bytesPerMillisecond: 48 });
    items.setSpokenText('item_1', 'next tuesday', { shownAsTranscript: false });
    expect(items.all().map(asConversationItem)).toStrictEqual([
      { type: 'message', role: 'user', text: 'next tuesday', via: 'audio' },
    ]);
    expect(items.retrieve('item_1')).toMatchObject({ content: [{ transcript: '' }] });
  });

  it('is what the caller heard of an answer that was cut', () => {
    const items = new ConversationItems();
    const audio = { pieces: [Buffer.alloc(48_000)], bytesPerMillisecond: 48 };
    items.insert(spoken('item_1', 'assistant'), null, audio);
    items.setSpokenText('item_1', 'one two three four', { shownAsTranscript: true });
    items.truncate('item_1', 0, 500);
    expect(items.all().map(asConversationItem)).toStrictEqual([
      { type: 'message', role: 'assistant', text: 'one two', via: 'audio' },
    ]);
  });
});
