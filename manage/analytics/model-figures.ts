import type { Totals } from '../../calls/figures/totals.ts';
import type { ChargedAmount } from '../../db/values.ts';

/** What a model took and gave, and what that is estimated to cost. */
export interface ModelFigures {
  model: string;
  /** Of every kind; those that were read before are among them. */
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  /** Of sound that was written down. */
  seconds: number;
  /** US dollars, at the prices of each day. */
  cost: number;
  /** False where an answer has no known price: it costs more. */
  isComplete: boolean;
}

const INPUT: readonly ChargedAmount[] = ['textInput', 'audioInput', 'imageInput'];
const CACHED: readonly ChargedAmount[] = [
  'cachedTextInput',
  'cachedAudioInput',
  'cachedImageInput',
];
const OUTPUT: readonly ChargedAmount[] = ['textOutput', 'audioOutput'];

export function readModelFigures(totals: Totals): ModelFigures[] {
  const models = new Set([
    ...[...totals.keys('tokens').keys()].map((key) => key.slice(0, key.lastIndexOf(' '))),
    ...totals.keys('cost').keys(),
    ...totals.keys('unpriced').keys(),
  ]);
  return [...models]
    .toSorted((one, other) => one.localeCompare(other))
    .map((model) => {
      const sumOf = (kinds: readonly ChargedAmount[]): number =>
        kinds.reduce((sum, kind) => sum + totals.of('tokens', `${model} ${kind}`), 0);
      return {
        model,
        inputTokens: sumOf(INPUT) + sumOf(CACHED),
        cachedTokens: sumOf(CACHED),
        outputTokens: sumOf(OUTPUT),
        seconds: sumOf(['seconds']) / 1_000,
        cost: totals.of('cost', model) / 1_000_000_000,
        isComplete: totals.of('unpriced', model) === 0,
      };
    });
}
