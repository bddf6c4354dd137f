import type { Course } from './course.ts';

/** Words a response's own instructions ask for; null when they leave the words to the dialogue. */
export function toldWords(instructions: string, course: Course): string | null {
  const exact = /say exactly this, word for word: ["“]([\s\S]*)["”]/i.exec(instructions)?.[1];
  if (exact !== undefined) return exact.trim();
  const quoted = [...instructions.matchAll(/["“]([^"”]+)["”]/g)].map(([, words]) => words ?? '');
  if (quoted.length > 0) return quoted.join(' ').trim();
  if (/\bhang up\b|\bgoodbye\b/i.test(instructions)) {
    return 'I have not heard from you for a while, so I will hang up now. Goodbye.';
  }
  if (/\bstill (?:there|here|on the line)\b|\bsilent\b/i.test(instructions))
    return 'Are you still there?';
  return /\bgreet\b|\bwelcome\b/i.test(instructions) ? greeting(course) : null;
}

export function greeting({ business }: Course): string {
  return `Hi, ${business === null ? '' : `this is ${business}, `}how can I help you?`;
}
