import { readNumber } from '../number-words.ts';

const LENGTH =
  /(?<!\b(?:in|within|every|last|next) )\b(?:(?<half>half an hour)|(?<hour>(?:an|one) hour)(?<more> and a half)?|(?<count>[a-z]+|\d+)(?<tens> five)? (?<unit>minutes?|hours?))\b(?! (?:later|earlier|sooner|from|before|after|late|early))/;

/** How many minutes an appointment shall take: "half an hour", "ninety minutes", "the longer one" of those a question names. */
export function readLength(sentence: string, question: string | null): number | null {
  const choices = /how long/i.test(question ?? '')
    ? (question?.match(/\d+/g) ?? []).map(Number)
    : [];
  const [shortest, longest] = [Math.min(...choices), Math.max(...choices)];
  if (choices.length > 0 && /\b(?:long|longer|longest)\b/.test(sentence)) return longest;
  if (choices.length > 0 && /\b(?:short|shorter|shortest)\b/.test(sentence)) return shortest;
  const found = LENGTH.exec(sentence)?.groups;
  if (found === undefined)
    return choices.find((minutes) => readNumber(sentence.split(' ')) === minutes) ?? null;
  if (found['half'] !== undefined) return 30;
  if (found['hour'] !== undefined) return found['more'] === undefined ? 60 : 90;
  const { count = '', tens = '', unit = '' } = found;
  const number = readNumber(`${count}${tens}`.split(' '));
  return number === null ? null : number * (unit.startsWith('hour') ? 60 : 1);
}
