import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { readWeights } from './read-weights.ts';
import { openSession, type Runtime } from './runtime.ts';
import { joinTokens, readTokens } from './tokens.ts';

export interface Transcript {
  text: string;
  /** Mean log-probability of the tokens: 0 is certain. 0 as well when there are none. */
  mean: number;
}

export interface TranscribeOptions {
  /** False: something was said for certain, and the text shall not be empty. */
  mayBeEmpty: boolean;
}

/** Speech to English text. Calls share the weights, and each computes on a thread of its own. */
export interface Moonshine {
  /** @param samples 16 kHz, -1 to 1, with at most 0.5 s of quiet before the first word */
  transcribe(samples: Float32Array, options: TranscribeOptions): Promise<Transcript>;
}

const RATE = 16_000;
const START = 1;
const END = 2;
/** Nobody says more; without a limit the decoder may repeat itself without end on what is no speech. */
const TOKENS_PER_SECOND = 6.5;
const TOKENS_AT_LEAST = 8;
/** Of the decoder's attention: heads, and the size of one. */
const HEADS = 8;
const HEAD_SIZE = 52;

/** Loads the weights of Moonshine base for English (0.5 s of computing, about 300 MB). */
export async function loadMoonshine(runtime: Runtime): Promise<Moonshine> {
  const [encoder, decoder, tokens] = await Promise.all([
    readWeights('moonshine-base-en/encoder.onnx.zst').then((bytes) => openSession(runtime, bytes)),
    readWeights('moonshine-base-en/decoder.onnx.zst').then((bytes) => openSession(runtime, bytes)),
    readWeights('moonshine-base-en/tokenizer.bin').then(readTokens),
  ]);
  return {
    async transcribe(samples, options) {
      const hidden = await encode(runtime, encoder, samples);
      const limit = Math.ceil((samples.length / RATE) * TOKENS_PER_SECOND) + TOKENS_AT_LEAST;
      const numbers: number[] = [];
      let sum = 0;
      for await (const next of decode(runtime, decoder, hidden, options)) {
        numbers.push(next.token);
        sum += next.logProbability;
        if (numbers.length === limit) break;
      }
      return {
        text: joinTokens(tokens, numbers),
        mean: numbers.length === 0 ? 0 : sum / numbers.length,
      };
    },
  };
}

async function encode(
  { Tensor }: Runtime,
  encoder: InferenceSession,
  samples: Float32Array,
): Promise<Tensor> {
  const { last_hidden_state } = await encoder.run({
    input_values: new Tensor('float32', samples, [1, samples.length]),
  });
  return output(last_hidden_state, 'last_hidden_state');
}

/** Greedy decoding, token by token, until the decoder says that nothing follows. */
async function* decode(
  { Tensor }: Runtime,
  decoder: InferenceSession,
  hidden: Tensor,
  { mayBeEmpty }: TranscribeOptions,
): AsyncGenerator<{ token: number; logProbability: number }> {
  const past = decoder.inputNames.filter((name) => name.startsWith('past_key_values'));
  const feeds: Record<string, Tensor> = { encoder_hidden_states: hidden };
  for (const name of past) {
    feeds[name] = new Tensor('float32', new Float32Array(), [1, HEADS, 0, HEAD_SIZE]);
  }
  let token = START;
  for (let step = 0; ; step++) {
    feeds['input_ids'] = new Tensor('int64', BigInt64Array.of(BigInt(token)), [1, 1]);
    feeds['use_cache_branch'] = new Tensor('bool', [step > 0], [1]);
    const results = await decoder.run(feeds);
    const logits = output(results['logits'], 'logits').data as Float32Array;
    const next = likeliest(logits, step === 0 && !mayBeEmpty ? END : null);
    token = next.token;
    if (token === END) return;
    yield next;
    for (const name of past) {
      // What the decoder makes of the encoder's states stays the same after the first step.
      if (step > 0 && name.includes('.encoder.')) continue;
      feeds[name] = output(results[name.replace('past_key_values', 'present')], name);
    }
  }
}

function likeliest(
  logits: Float32Array,
  except: number | null,
): { token: number; logProbability: number } {
  let token = except === 0 ? 1 : 0;
  let best = logits[token] ?? -Infinity;
  for (let index = 1; index < logits.length; index++) {
    const logit = logits[index] ?? -Infinity;
    if (logit > best && index !== except) {
      best = logit;
      token = index;
    }
  }
  let mass = 0;
  for (const logit of logits) mass += Math.exp(logit - best);
  return { token, logProbability: -Math.log(mass) };
}

function output(tensor: Tensor | undefined, name: string): Tensor {
  if (tensor === undefined) throw new Error(`The speech model gives no ${name}`);
  return tensor;
}
