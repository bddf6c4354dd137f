/**
 * Why there is no microphone: refused by the visitor, none there, held by another program, or
 * kept by the browser from a page without https.
 */
const PROBLEMS = ['refused', 'missing', 'busy', 'unavailable'] as const;

export type MicrophoneProblem = (typeof PROBLEMS)[number];

export function isMicrophoneProblem(state: string): state is MicrophoneProblem {
  return (PROBLEMS as readonly string[]).includes(state);
}
