import { readWeights } from './read-weights.ts';
import { openSession, type Runtime } from './runtime.ts';

/** Samples of a frame at 16 kHz: 32 ms, the only length the model takes. */
export const SILERO_FRAME = 512;
/** Samples of the frame before that the model wants in front of each. */
const CONTEXT = 64;
const STATE_SHAPE = [2, 1, 128];
const STATE_SIZE = 2 * 1 * 128;

/** Follows one line: how likely each frame is speech, 0 to 1. */
export interface SpeechMeter {
  /** @param frame 512 samples at 16 kHz, in the order of the line */
  measure(frame: Int16Array): Promise<number>;
}

/** Loads the Silero voice-activity detector; all lines share its weights. */
export async function loadSilero(runtime: Runtime): Promise<() => SpeechMeter> {
  const { Tensor } = runtime;
  const bytes = await readWeights('silero-vad/silero_vad_16k_op15.onnx.zst');
  const session = await openSession(runtime, bytes);
  const rate = new Tensor('int64', BigInt64Array.of(16_000n), []);
  return () => {
    let state = new Tensor('float32', new Float32Array(STATE_SIZE), STATE_SHAPE);
    let context = new Float32Array(CONTEXT);
    return {
      async measure(frame) {
        if (frame.length !== SILERO_FRAME) {
          throw new RangeError(`A frame has ${SILERO_FRAME} samples, not ${frame.length}`);
        }
        const input = new Float32Array(CONTEXT + SILERO_FRAME);
        input.set(context);
        for (const [index, sample] of frame.entries()) input[CONTEXT + index] = sample / 32_768;
        context = input.slice(-CONTEXT);
        const results = await session.run({
          input: new Tensor('float32', input, [1, input.length]),
          state,
          sr: rate,
        });
        const { output, stateN } = results;
        if (output === undefined || stateN === undefined) {
          throw new Error('The voice-activity model gives no output');
        }
        state = stateN as typeof state;
        return Number(output.data[0]);
      },
    };
  };
}
