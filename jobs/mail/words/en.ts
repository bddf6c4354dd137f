import type { MailTexts } from './mail-texts.ts';

const LOST_TOUCH = 'While you were on the phone, our calendar did not answer in time.';
const UNTOLD = `${LOST_TOUCH} We could not tell you whether your appointment was`;

export const ENGLISH: MailTexts = {
  hello: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  minutes: (when, count) => `${when}, ${count} minutes`,
  where: (location) => `Where: ${location}`,
  closing: {
    change: 'If you need to change or cancel it, please call us again.',
    callAgain: 'Please call us again to find another time.',
    anotherOne: 'If you would like another one, please call us again.',
    cannotCome: 'If you cannot come, please call us again to cancel it.',
  },
  subjects: {
    booked: (when) => `Your appointment: ${when}`,
    rescheduled: (when) => `Your appointment has moved: ${when}`,
    cancelled: (when) => `Cancelled: your appointment, ${when}`,
    requested: (when) => `Requested: your appointment, ${when}`,
    settled_booked: (when) => `Now booked: your appointment, ${when}`,
    settled_not_booked: (when) => `Not booked: ${when}`,
    settled_rescheduled: (when) => `Now moved: your appointment, ${when}`,
    settled_not_rescheduled: (when) => `Not moved: your appointment stays ${when}`,
    settled_cancelled: (when) => `Now cancelled: your appointment, ${when}`,
    settled_not_cancelled: (when) => `Not cancelled: your appointment, ${when}`,
  },
  openings: {
    booked: () => 'Your appointment is booked.',
    rescheduled: () => 'Your appointment has moved. This is its new time.',
    cancelled: () => 'Your appointment is cancelled, as you asked.',
    requested: () => 'Your appointment is requested. We have yet to accept it, and will tell you.',
    settled_booked: () => `${UNTOLD} booked. It is booked now.`,
    settled_not_booked: () =>
      `${UNTOLD} booked. We are sorry: it was not booked, and nothing is reserved for you.`,
    settled_rescheduled: () => `${UNTOLD} moved. It is moved now. This is its new time.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} moved. We are sorry: it was not moved${wished === '' ? '' : ` to ${wished}`}. It stays as it was.`,
    settled_cancelled: () => `${UNTOLD} cancelled. It is cancelled now.`,
    settled_not_cancelled: () =>
      `${UNTOLD} cancelled. We are sorry: it was not cancelled, and still stands.`,
  },
  byBusiness: {
    rescheduled: 'We had to move your appointment. This is its new time.',
    cancelled: 'We had to cancel your appointment. We are sorry.',
    why: (reason) => `The reason: ${reason}`,
  },
  ended: {
    booked: () => 'Your appointment was booked, and has been cancelled since.',
    rescheduled: () => 'Your appointment was moved, and has been cancelled since.',
    settled_booked: () => `${UNTOLD} booked. It was, and has been cancelled since.`,
    settled_rescheduled: () => `${UNTOLD} moved. It was, and has been cancelled since.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} moved. It was not moved${wished === '' ? '' : ` to ${wished}`}: it has been cancelled meanwhile.`,
    settled_not_cancelled: () => `${UNTOLD} cancelled. It has been cancelled meanwhile.`,
  },
  code: {
    subject: (businessName) => `Your code for ${businessName}`,
    tell: (code) =>
      `Your code is ${code}. Tell it to the receptionist who has asked you for it; it is good for a few minutes.`,
    toStrangers:
      'If you are not talking with us just now, somebody else has named your address: give the code to nobody, and nothing happens.',
  },
  summary: {
    subject: (businessName) => `Your call with ${businessName}`,
    opening:
      'Thank you for your call. This is what came of it, as it stood when the call was summed up.',
    status: {
      booked: 'Booked',
      requested: 'Requested, and yet to be accepted',
      cancelled: 'Cancelled',
      unconfirmed: 'Not confirmed yet',
    },
    leftMessage: 'You left a message, which we pass on.',
    toStrangers:
      'If you did not call us, somebody else has named your address: please ignore this mail.',
  },
};
