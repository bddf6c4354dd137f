import { expect, it } from 'vitest';
import { spokenForm } from '../../../../../rehearsal/simulators/openai-realtime/mind/spoken-form.ts';

it.each([
  ['Tuesday, November 24 at 2:30 PM', 'Tuesday, November twenty fourth at two thirty p m'],
  ['December 1 at 9:05 a.m.', 'December first at nine oh five a m'],
  ['at 10 AM, 12:00 PM or 14:15', 'at ten a m, twelve p m or fourteen fifteen'],
  ['mary.smith@example.com.', 'mary dot smith at example dot com.'],
  ['j_m-42@mail.example.org', 'j underscore m dash four two at mail dot example dot org'],
  ['spelled M-A-R-Y', 'spelled M, A, R, Y'],
  ['your e-mail "address"', 'your e-mail address'],
])('says "%s" as "%s"', (text, spoken) => {
  expect(spokenForm(text)).toBe(spoken);
});
