import type { TurnDetection } from './session-config.ts';

export interface EndOfTurnRule {
  /** Silence after which a turn that sounds complete ends, milliseconds. */
  whenComplete: number;
  /** Silence after which any turn ends, milliseconds. */
  atLatest: number;
}

type SemanticVad = Extract<TurnDetection, { type: 'semantic_vad' }>;

const RULES: Record<SemanticVad['eagerness'], EndOfTurnRule> = {
  high: { whenComplete: 390, atLatest: 990 },
  medium: { whenComplete: 510, atLatest: 1500 },
  auto: { whenComplete: 510, atLatest: 1500 },
  low: { whenComplete: 810, atLatest: 3000 },
};

export function endOfTurnRule(detection: TurnDetection): EndOfTurnRule {
  if (detection.type === 'semantic_vad') return RULES[detection.eagerness];
  const { silence_duration_ms } = detection;
  return { whenComplete: silence_duration_ms, atLatest: silence_duration_ms };
}

/** Words after which a caller goes on: he is looking for the next one. */
const UNFINISHED = new Set(
  "a an and at but dot for from i i'm in is it's my of on or so that the then to uh um with".split(
    ' ',
  ),
);

/**
 * Whether what was recognised can be all the caller wanted to say. Nothing recognised is not
 * complete: a word may be under way. A lone letter is a name or an address being spelled ("p m" is
 * a time).
 */
export function soundsComplete(transcript: string): boolean {
  if (/(?:\.\.\.|…)$/.test(transcript.trim())) return false;
  const words = transcript
    .toLowerCase()
    .replace(/\b([ap])\.m\b/g, '$1 m')
    .split(/[^a-z\d']+/)
    .filter(Boolean);
  const last = words.at(-1);
  if (last === undefined || UNFINISHED.has(last)) return false;
  if (last.length > 1 || /\d/.test(last)) return true;
  return last === 'm' && ['a', 'p'].includes(words.at(-2) ?? '');
}
