import type {
  Conversation,
  Mind,
  Reply,
} from '../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';

/** Words the test ears hear in a tone: a caller "says" a sentence by sounding its frequency. */
const TONES = { 400: 'hello there', 900: 'i would like to', 1500: '' } as const;

export interface TestMindOptions {
  reply?: (conversation: Conversation) => Reply;
  /** Milliseconds of speech a character takes. */
  pace?: number;
  failingEars?: boolean;
  /** Keeps the speech detector closed until it resolves. */
  detectorOpen?: Promise<void>;
  onListening?: (conversation: Conversation) => void;
}

/** A deterministic mind: hears tones by their frequency, speaks tones, repeats what it was told. */
export function createTestMind(options: TestMindOptions = {}): Mind {
  return {
    dialogue: {
      reply: options.reply ?? echo,
      listening: (conversation) => {
        options.onListening?.(conversation);
        return { spelled: null, offered: [] };
      },
    },
    voice: {
      speak: async (text) => {
        await Promise.resolve();
        return tone(300, text.length * (options.pace ?? 20), 24_000);
      },
    },
    ears: {
      hear: async ({ samples }) => {
        await Promise.resolve();
        if (options.failingEars === true) throw new Error('the ears are blocked');
        return nearestTone(samples);
      },
    },
    openSpeechDetector: async () => {
      await options.detectorOpen;
      return {
        process: async (frame) => {
          await Promise.resolve();
          return frame.some((sample) => Math.abs(sample) > 1000);
        },
      };
    },
  };
}

function echo(conversation: Conversation): Reply {
  const last = conversation.items.at(-1);
  if (conversation.responseInstructions !== null) {
    const exact = /"(.*)"/u.exec(conversation.responseInstructions);
    if (exact?.[1] !== undefined) return { say: exact[1], calls: [] };
  }
  if (last?.type === 'function_call_output') return { say: `Result: ${last.output}`, calls: [] };
  if (last?.type !== 'message') return { say: 'Hello.', calls: [] };
  if (last.text === '') return { say: 'Sorry, I did not get that.', calls: [] };
  const tool = conversation.tools.find(({ name }) => last.text.includes(name));
  if (tool !== undefined) return { say: null, calls: [{ name: tool.name, arguments: { n: 1 } }] };
  return { say: `You said: ${last.text}.`, calls: [] };
}

/** Counts the upward zero crossings of the loud part. */
function nearestTone(samples: Int16Array): string {
  const loud = samples.filter((sample) => Math.abs(sample) > 200);
  const crossings = loud.filter(
    (sample, index) => sample > 0 && (loud[index - 1] ?? 1) <= 0,
  ).length;
  if (loud.length < 1600) return '';
  const frequency = (crossings * 16_000) / loud.length;
  const [nearest] = Object.entries(TONES).sort(
    ([left], [right]) => Math.abs(Number(left) - frequency) - Math.abs(Number(right) - frequency),
  );
  return nearest?.[1] ?? '';
}

export function tone(frequency: number, milliseconds: number, rate: number): Int16Array {
  return Int16Array.from({ length: Math.round((milliseconds * rate) / 1000) }, (_, index) =>
    Math.round(8000 * Math.sin((2 * Math.PI * frequency * index) / rate)),
  );
}

export function silence(milliseconds: number, rate = 24_000): Int16Array {
  return new Int16Array((milliseconds * rate) / 1000);
}
