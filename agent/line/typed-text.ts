import type { Room, TextStreamReader } from '@livekit/rtc-node';
import type { Replies } from '../model/replies.ts';
import { saidText } from '../../runtime/given/said-text.ts';
import { SlidingWindow } from '../../runtime/sliding-window.ts';

/** As LiveKit's clients send what is typed. */
const TOPIC = 'lk.chat';
const LONGEST_TEXT = 2_000;
/** Far more than anybody pastes by mistake. */
const FLOOD = 500_000;
const TEXTS_A_MINUTE = 20;
const MINUTE = 60_000;
/** Texts on their way at once; a person types one. */
const MOST_AT_ONCE = 3;
/** Milliseconds from the first word of a text to its last. */
const LONGEST_READ = 10_000;

export interface TypedTextOptions {
  room: Pick<Room, 'registerTextStreamHandler' | 'unregisterTextStreamHandler'>;
  replies: Pick<Replies, 'quiet' | 'say'>;
  /** Whose words count. */
  isCaller: (identity: string) => boolean;
  /** A visitor whose line came is there. */
  onSign: () => void;
  /** More comes than anybody types. Only the end of the call stops it: what nobody reads arrives, too. */
  onFlood: () => void;
}

/**
 * Takes what a visitor types: at most 2,000 characters a line and 20 lines a minute, since the model
 * is paid by the word. The rest is dropped as it arrives; the framework's own reader holds all of it.
 *
 * @returns a function that stops listening
 */
export function takeTypedText(options: TypedTextOptions): () => void {
  const { room, replies, isCaller, onSign, onFlood } = options;
  const window = new SlidingWindow(TEXTS_A_MINUTE, MINUTE);
  let open = 0;
  const take = async (reader: TextStreamReader): Promise<void> => {
    const text = await readBounded(reader);
    if (text === null) {
      onFlood();
      return;
    }
    const line = saidText(text, LONGEST_TEXT);
    if (line === '' || !window.take()) return;
    onSign();
    replies.quiet();
    replies.say({ userInput: line });
  };
  room.registerTextStreamHandler(TOPIC, (reader, { identity }) => {
    if (!isCaller(identity) || open >= MOST_AT_ONCE) {
      void reader.close();
      return;
    }
    open += 1;
    take(reader)
      // The visitor left in the middle of a line, or broke it off: it does not count.
      .catch(() => {})
      .finally(() => {
        open -= 1;
      });
  });
  return () => room.unregisterTextStreamHandler(TOPIC);
}

/** As much of a text as can count; null where it is a flood, by its header or as it arrives. */
async function readBounded(reader: TextStreamReader): Promise<string | null> {
  if ((reader.info.totalSize ?? 0) > FLOOD) {
    await reader.close();
    return null;
  }
  const late = setTimeout(() => void reader.close(), LONGEST_READ).unref();
  let text = '';
  let length = 0;
  try {
    for await (const words of reader) {
      length += words.length;
      if (length > FLOOD) return null;
      if (text.length < LONGEST_TEXT) text += words;
    }
  } finally {
    clearTimeout(late);
  }
  return text;
}
