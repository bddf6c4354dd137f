import { languageName } from './language-names.ts';

/** What a field is called. */
const NAMES: Record<string, string> = {
  name: 'Name',
  businessName: 'Business',
  greeting: 'Greeting',
  disclosesAi: 'Says that it is an AI',
  language: 'Language',
  languages: 'Changes to',
  voice: 'Voice',
  instructions: 'Instructions',
  transferTo: 'Hands over to',
  transferHours: 'Hands over in the hours',
  recording: 'Records calls',
  longestCallMinutes: 'Longest call, in minutes',
  realtimeModel: 'Speaks with',
  transcriptionModel: 'Writes down with',
  reasoningEffort: 'Thinks',
};

/** What its null stands for. */
const NOTHING: Record<string, string> = {
  greeting: 'the usual one',
  languages: 'any of them',
  transferTo: 'nobody',
  transferHours: 'at any time',
  longestCallMinutes: 'as the organization’s',
};

export function fieldName(field: string, topic: string | null): string {
  return topic ?? NAMES[field] ?? field;
}

/** Whether what changed in it is best read word by word. */
export function isProse(field: string): boolean {
  return ['facts', 'greeting', 'instructions'].includes(field);
}

/** A value as people say it. */
export function fieldValue(field: string, value: unknown): string {
  if (value === null || value === '') return NOTHING[field] ?? 'as the server says';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((tag) => languageName(String(tag))).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return field === 'language' ? languageName(value) : value;
}
