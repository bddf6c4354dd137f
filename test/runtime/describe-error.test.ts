import { describe, expect, it } from 'vitest';
import { createLogger as createAgentLogger } from '../../agent/logger.ts';
import { BookingError } from '../../booking/desk/booking-error.ts';
import { describeError } from '../../runtime/describe-error.ts';
import { RequestRefusedError } from '../../calendar/calendar-error.ts';
import { CalcomRefusal } from '../../calendar/calcom/refusal.ts';
import { createLogger as createJobsLogger } from '../../jobs/logger.ts';
import { createLogger as createServerLogger } from '../../token-server/logger.ts';

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
  ])('carries no words of %s, in any process', (_, err) => {
    let text = '';
    const destination = { write: (line: string) => void (text += line) };
    createAgentLogger('call', 'info', destination).child({ callId: 1 }).error({ err }, 'failed');
    createJobsLogger('info', destination).error({ err }, 'failed');
    createServerLogger('info', destination).error({ err }, 'failed');
    expect(text.match(/"msg":"failed"/g)).toHaveLength(3);
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
