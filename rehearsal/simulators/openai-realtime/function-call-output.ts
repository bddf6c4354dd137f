import type { OutputPlace } from './message-output.ts';
import type { FunctionCallItem } from './server-events.ts';

/** Sends one whole function call; calls are short, so they are never cut. */
export function sendFunctionCall(
  place: OutputPlace,
  call: { callId: string; name: string; arguments: Record<string, unknown> },
): FunctionCallItem {
  const { send, items, itemId } = place;
  const within = { response_id: place.responseId, output_index: place.outputIndex };
  const opened: FunctionCallItem = {
    id: itemId,
    object: 'realtime.item',
    type: 'function_call',
    status: 'in_progress',
    name: call.name,
    call_id: call.callId,
    arguments: '',
  };
  // `{}` at least: agents-js takes an empty string for "not a function call".
  const json = JSON.stringify(call.arguments);
  const item: FunctionCallItem = { ...opened, status: 'completed', arguments: json };

  send({ type: 'response.output_item.added', ...within, item: opened });
  const previous_item_id = items?.tailId() ?? null;
  if (items !== null) {
    items.insert(item);
    send({ type: 'conversation.item.added', previous_item_id, item: opened });
  }
  const inItem = { ...within, item_id: itemId, call_id: call.callId };
  send({ type: 'response.function_call_arguments.delta', ...inItem, delta: json });
  send({
    type: 'response.function_call_arguments.done',
    ...inItem,
    name: call.name,
    arguments: json,
  });
  send({ type: 'response.output_item.done', ...within, item });
  if (items !== null) send({ type: 'conversation.item.done', previous_item_id, item });
  return item;
}
