import type * as OnnxRuntime from 'onnxruntime-node';
import type { InferenceSession } from 'onnxruntime-node';

export type Runtime = typeof OnnxRuntime;

/** The inference runtime is not there: nothing can be heard, whatever is typed is understood. */
export class NoRuntimeError extends Error {
  override readonly name = 'NoRuntimeError';
}

/**
 * Loads the inference runtime, an optional dependency.
 * @throws NoRuntimeError where npm did not install it, or has no build of it for this platform
 */
export async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw new NoRuntimeError(
      `The rehearsal model cannot hear: onnxruntime-node is not installed, or has no build for ${process.platform} ${process.arch}. Typing works.`,
      { cause },
    );
  }
}

/** A model that computes on one thread: on shared cores two are slower than one. */
export async function openSession(
  { InferenceSession }: Runtime,
  weights: Uint8Array,
): Promise<InferenceSession> {
  return await InferenceSession.create(weights, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
}
