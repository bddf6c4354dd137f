import type { ClientItem } from './client-events.ts';
import type { CreateIdentifier } from './identifiers.ts';
import type { Item } from './server-events.ts';

/** Gives an item from the client its id, object and status. */
export function itemFromClient(item: ClientItem, createId: CreateIdentifier): Item {
  const id = item.id ?? createId('item');
  const stamp = { id, object: 'realtime.item', status: 'completed' } as const;
  if (item.type === 'function_call') {
    return {
      ...stamp,
      type: 'function_call',
      name: item.name,
      call_id: item.call_id ?? createId('call'),
      arguments: item.arguments,
    };
  }
  if (item.type === 'function_call_output') {
    return {
      ...stamp,
      type: 'function_call_output',
      call_id: item.call_id,
      output: item.output,
    };
  }
  return { ...stamp, type: 'message', role: item.role, content: contentFromClient(item) };
}

type MessageFromClient = Extract<ClientItem, { type: 'message' }>;
type ContentPart = Extract<Item, { type: 'message' }>['content'][number];

function contentFromClient(item: MessageFromClient): ContentPart[] {
  return item.content.map((part): ContentPart => {
    if (part.type === 'input_audio') {
      return { type: 'input_audio', transcript: part.transcript ?? null };
    }
    if (part.type === 'input_image') {
      const { detail, image_url } = part;
      return { type: 'input_image', image_url, ...(detail === undefined ? {} : { detail }) };
    }
    return part;
  });
}

/** The recording in a message of the caller's, or null when it has none. */
export function recordedAudio(item: ClientItem): Buffer | null {
  if (item.type !== 'message' || item.role !== 'user') return null;
  const recordings = item.content.flatMap((part) =>
    part.type === 'input_audio' ? [Buffer.from(part.audio, 'base64')] : [],
  );
  return recordings.length === 0 ? null : Buffer.concat(recordings);
}
