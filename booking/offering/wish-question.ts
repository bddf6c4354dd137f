import { sentencesIn, oneOf } from '../languages/sentences/sentences-in.ts';
import { rangeLabel } from '../times/labels.ts';
import type { SlotLabelOptions } from '../times/labels.ts';
import type { SpokenTime } from '../times/spoken-time.ts';

type Question = SpokenTime & { kind: 'question' };

/**
 * What to ask a caller whose words are no one time, in their language. In English it names what was
 * understood in the caller's own words; in another language the times that these come to.
 */
export function wishQuestion(
  { question, reason, candidates }: Question,
  options: SlotLabelOptions,
): string {
  const { language = 'en' } = options;
  if (language === 'en') return question;
  const { wishes } = sentencesIn(language);
  const labels = [...new Set(candidates.map((range) => rangeLabel(range, options)))];
  const [only, ...others] = labels;
  if (only !== undefined && others.length > 0) return wishes.whichOf(oneOf(language, labels));
  if (reason === 'past') return wishes.past;
  if (reason === 'nonexistent-time') return wishes.noSuchTime;
  return only === undefined ? wishes.unclear : wishes.isIt(only);
}
