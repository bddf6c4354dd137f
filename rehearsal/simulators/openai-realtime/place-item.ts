import type { ConversationItems, ItemAudio } from './conversation-items.ts';
import type { Item, SendEvent } from './server-events.ts';

/** Adds a finished item to the conversation and says so. @throws RealtimeRequestError as `insert` does */
export function placeItem(placement: {
  send: SendEvent;
  items: ConversationItems;
  item: Item;
  after: string | null;
  audio: ItemAudio | null;
}): void {
  const { send, items, item, after, audio } = placement;
  items.insert(item, after, audio);
  const previous_item_id = items.previousId(item.id);
  send({ type: 'conversation.item.added', previous_item_id, item });
  send({ type: 'conversation.item.done', previous_item_id, item });
}
