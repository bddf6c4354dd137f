import { describe, expect, it } from 'vitest';
import { smsAddress, toAttendee } from '../../../calendar/calcom/attendee-record.ts';

const nobody = { name: '', email: null, phone: null, timeZone: 'UTC' };

describe("an attendee of Cal.com's", () => {
  it('is read from whatever is there', () => {
    expect(toAttendee({})).toEqual(nobody);
    expect(toAttendee({ name: null, email: null, phoneNumber: null, timeZone: null })).toEqual(
      nobody,
    );
  });

  it('with a number alone has no address, however Cal.com spells the one it made up', () => {
    const phone = '+14155552671';
    for (const email of [smsAddress(phone), '+14155552671@SMS.cal.com']) {
      expect(toAttendee({ email })).toEqual({ ...nobody, phone });
    }
  });

  it('has the number that stands among the answers, and the own one first', () => {
    const answers = { attendeePhoneNumber: '+44 (0)20 7946 0123' };
    expect(toAttendee({ phoneNumber: null }, answers).phone).toBe('+442079460123');
    expect(toAttendee({ phoneNumber: '+14155552671' }, answers).phone).toBe('+14155552671');
  });

  it('has no number where something else was written', () => {
    const answers = { attendeePhoneNumber: 7 };
    expect(toAttendee({ phoneNumber: 'call the office' }, answers).phone).toBeNull();
  });
});
