import { expect, test } from 'vitest';
import { CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import { refuseLateWrite } from '../../../calendar/own-events/late-write.ts';

test('what is written long after its wish is not sent', () => {
  const now = performance.now();
  expect(() => refuseLateWrite(now)).not.toThrow();
  expect(() => refuseLateWrite(now - 12_001)).toThrow(CalendarUnreachableError);
});
