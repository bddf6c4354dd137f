import type { Reply } from '../mind.ts';
import type { Course } from './course.ts';
import { readEmailAddress } from './email-address.ts';
import { hearTime } from './hear-time.ts';
import { readPersonName } from './person-name.ts';
import { readPhoneNumber } from './phone-number.ts';
import { proceed } from './proceed.ts';
import { thankFor } from './replies.ts';

/** Takes in a name, an e-mail address or a phone number; null when the sentence has none. */
export function hearDetails(course: Course, text: string, via: 'audio' | 'text'): Reply | null {
  const email = readEmailAddress(text);
  const phone = email === null || via === 'text' ? readPhoneNumber(text) : null;
  const name = readPersonName(text, course.expecting === 'name' && email === null);
  if (email === null && phone === null && name === null) return null;
  course.email = email ?? course.email;
  course.phone = phone ?? course.phone;
  course.name = name ?? course.name;
  const lead = name === null ? '' : thankFor(name, via);
  // "My name is Mary Smith and I would like an appointment on Tuesday": the wish is heard as well.
  const wishes = course.errand === 'book' && course.chosen === null;
  if (wishes && email === null && name !== null) {
    const rest = hearTime(course, text.replace(new RegExp(name, 'i'), ' '));
    if (rest !== null) return rest;
  }
  return proceed(course, lead);
}
