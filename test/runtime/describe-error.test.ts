import { describe, expect, it } from 'vitest';
import { BookingError } from '../../booking/booking-error.ts';
import { describeError } from '../../runtime/describe-error.ts';
import { RequestRefusedError } from '../../calendar/calendar-error.ts';
import { CalcomRefusal } from '../../calendar/calcom/refusal.ts';
import { createLogger } from '../../runtime/logger.ts';

const CANARY = 'canary-4fz9';
const databaseError = Object.assign(new Error('duplicate key value'), {
  code: '23505',
  detail: `Key (email)=(${CANARY}) already exists.`,
  where: `row ${CANARY}`,
});
const refusal = new CalcomRefusal(404, 'NOT_FOUND', `Booking with uid=${CANARY} was not found`);
const refused = new RequestRefusedError(`refused uid=${CANARY}`, { cause: refusal, field: null });

describe('the log of an error', () => {
  it.each([
    ['a row of the database', databaseError],
    [
      'a value that PostgreSQL quotes',
      Object.assign(new Error(`bad "${CANARY}"`), { code: '22P02' }),
    ],
    ['a calendar', refused],
    ['a provider', refusal],
    ['a cause', new BookingError('calendar-unavailable', 'No.', { cause: refused })],
    ['a cause of the database', new Error('No.', { cause: databaseError })],
  ])('carries no words of %s', (_, err) => {
    let text = '';
    const destination = { write: (line: string) => void (text += line) };
    createLogger('call', 'info', destination).child({ callId: 1 }).error({ err }, 'failed');
    expect(text).toContain('"msg":"failed"');
    expect(text).toContain('"stack":');
    expect(text).not.toContain(CANARY);
  });

  it('names the error, its code, its message and the codes of its causes', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(describeError(new Error('down', { cause }))).toMatchObject({
      name: 'Error',
      message: 'down',
      cause: { name: 'Error', code: 'ECONNREFUSED' },
    });
    expect(describeError('text')).toEqual({ name: 'string', message: 'not an Error was thrown' });
  });
});
