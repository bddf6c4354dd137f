/** What somebody says who could not hear or understand: the sentences tell, whatever else is said with them. */
const REQUESTS = [
  // "I did not get that", "I didn't quite catch your name": of the caller, not of a calendar's answer.
  /\b(?:did|could|can|do)(?: ?not|n['’]t)(?: \w+)? (?:get|catch)(?: (?:that|your|what you)\b|[.?!]|$)/i,
  /\bdid(?: ?not|n['’]t)(?: \w+)? (?:get|catch) the(?: \w+)? (?:name|address|e-?mail|number|day|date|time|message|rest|end)\b/i,
  /\b(?:did|could|can|do|was)(?: ?not|n['’]t)\b[^.?!]*\b(?:hear|understand|make out)(?: (?:that|you|it|what you|your)\b|[.?!]|$)/i,
  /\bcan['’]t (?:hear|understand) you\b/i,
  /\b(?:say|tell me|spell|repeat)(?: (?:it|that|this|yourself|(?:your|the)(?: [\w-]+){1,3}))?(?: for me)?,? (?:again|once more|one more time)\b/i,
  /\b(?:(?:could|can|would|will) you|please)\b[^.?!]*\brepeat\b/i,
  /\b(?:pardon|come again)\b[^.!]*\?/i,
  /\b(?:are you|is anyone|anybody) (?:still )?(?:there|with me|on the line)\b|\bstill there\b/i,
  /\b(?:can|do) you hear me\b/i,
];

/** Whether an agent says that it did not hear or understand the caller. */
export function asksToRepeat(said: string): boolean {
  return REQUESTS.some((request) => request.test(said));
}

function wordsOf(said: string): string {
  return (said.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

/** Where a caller would say the last sentence again: the agent asks for it, or asks what it had asked before it. */
export function asksAgain(said: string, before: string): boolean {
  if (asksToRepeat(said)) return true;
  const words = wordsOf(said);
  if (words === '') return false;
  // A reply that is more than the question alone may answer what was said, and then ask for a choice anew.
  const question = wordsOf(before.split(/(?<=[.?!])\s+/).at(-1) ?? '');
  return words === wordsOf(before) || words === question;
}
