import type { Sentences } from './sentences.ts';

export const ENGLISH: Sentences = {
  call: {
    greeting: (businessName) => `Hi, this is ${businessName}, how can I help you?`,
    isAi: 'I am an AI assistant.',
    isRecorded: 'This call is recorded.',
    oneMoment: 'One moment, please.',
    minuteLeft: 'We have one minute left on this call.',
    lessThanMinuteLeft: 'We have less than a minute left on this call.',
    timeIsOver:
      'I am sorry, this call has reached its longest time. Please call again if you need more. Goodbye.',
    backAgain: 'I am sorry, we were cut off for a moment. I am back. Where were we?',
  },
  offers: {
    soonest: 'the soonest times',
    nothingSoon: 'Nothing is free soon.',
    nothingFor: (asked) => `Nothing is free for ${asked}.`,
    taken: (label) => `${label} has just been taken.`,
    onlyOne: (day, time) => `${day}: only ${time} is free`,
    several: (day, count, hours) => `${day}: ${count} times free ${hours}`,
    whichTime: 'Which day would you like, and at about what time?',
    whichKind: (list) => `What is it for: ${list}?`,
    withWhom: (list) => `With whom would you like it: ${list}?`,
    withHost: (label, host) => `${label} with ${host}`,
    howLong: (list) => `It can take ${list} minutes. How long shall it be?`,
  },
  wishes: {
    unclear:
      'I did not catch which day or time you mean. Which day would you like, and at what time?',
    past: 'That time has passed already. Which day would you like, and at what time?',
    noSuchTime:
      'The clocks change then, and that time does not exist on that day. Which time would you like instead?',
    isIt: (label) => `I did not catch all of that. Do you mean ${label}?`,
    whichOf: (list) => `Do you mean ${list}?`,
  },
  changes: {
    booked: (label, name) => `Booked: ${label}, for ${name}.`,
    requested: (label, name) =>
      `Requested: ${label}, for ${name}. The business has yet to accept it.`,
    alreadyBooked: (label, name) => `Already booked: ${label}, for ${name}.`,
    alreadyRequested: (label, name) => `Already requested: ${label}, for ${name}.`,
    moved: (before, label) => `Moved from ${before} to ${label}.`,
    moveRequested: (before, label) =>
      `Requested: to move it from ${before} to ${label}. The business has yet to accept it.`,
    cancelled: (label) => `Cancelled: ${label}.`,
    bookingOpen: 'I could not confirm the booking yet.',
    moveOpen: 'I could not confirm the new time yet.',
    cancellationOpen: 'I could not confirm the cancellation yet.',
    youWillHear: 'You will get a message as soon as it is settled.',
    callAgain: 'Please call us again in a few minutes to hear how it ended.',
    beingChanged: 'The appointment is being changed already.',
    noMore:
      'No more appointments can be booked or changed in this call. Please call again for that.',
  },
  appointments: {
    found: (list) => `I found your appointment: ${list}.`,
    notFound: 'I cannot find an appointment with these details.',
    offerCode: 'If you like, I can mail a code to that address, and you tell me what it is.',
    codeMailed:
      'If an appointment was made with that address, a code of six digits is on its way to it. What is the code?',
    codeNotMailed: 'I cannot mail a code at the moment. On which day is it, and at what time?',
    whichAddress: 'Which e-mail address was the appointment made with?',
    whichDay: 'And on which day is the appointment, and at what time?',
    whichDayExactly: 'On which day exactly is it, and at what time?',
    whichTime: 'And at what time on that day?',
    noMoreLookUps: 'No more appointments can be looked up in this call.',
  },
  messages: {
    taken: 'I wrote your message down and will pass it on.',
    takenAsUrgent: 'I wrote your message down as urgent and will pass it on.',
    summarySent: 'I am sending you an e-mail with what we agreed on.',
  },
  heard: {
    details: (list) => `I have ${list}.`,
    email: (address) => `I have ${address} as the e-mail address. Is that right?`,
    number: (number) => `I have ${number} as the number to call back. Is that right?`,
    isThatRight: 'Is that right?',
    didYouMean: (likely, given) => `Did you mean ${likely}, or is it really ${given}?`,
  },
  truth: {
    booked: (label) => `Your appointment is booked: ${label}.`,
    moved: (label) => `Your appointment was moved: ${label}.`,
    cancelled: (label) => `Your appointment was cancelled: ${label}.`,
    requested: (label) => `I have requested ${label}. The business has yet to accept it.`,
    unconfirmed: 'I could not confirm that yet.',
    nothing: 'Nothing is booked yet. Which day and time would suit you?',
    offer: (list) => `Nothing is booked yet. I can offer ${list}. Which would you like?`,
  },
  calendar: {
    'key-missing':
      'Our calendar is not connected at the moment, so I cannot book anything for you. Please call again later.',
    'key-refused':
      'Our calendar does not let me in at the moment, so nothing is booked. Please call again later.',
    'key-without-rights':
      'I am not allowed to do that in our calendar, so nothing is booked or changed. Please ask our staff.',
    'event-type-missing':
      'That kind of appointment is not in our calendar any more, so I cannot book it. Please ask our staff.',
    'slug-of-another-user':
      'That kind of appointment is not in this calendar, so I cannot book it. Please ask our staff.',
    'no-availability':
      'Our calendar has no opening hours set at the moment, so I have no times to offer. Please call again later.',
    'not-supported': 'That kind of appointment cannot be booked here. Please ask our staff.',
    'cancelling-not-allowed':
      'Appointments of this kind cannot be cancelled here, so it stands as it is. Please ask our staff.',
    'moving-not-allowed':
      'Appointments of this kind cannot be moved here, so it stays when it is. Please ask our staff.',
    'attendee-has-enough':
      'There are as many appointments to come under that e-mail address as our calendar allows, so nothing more is booked. I can look for the one you have.',
    'attendee-has-it-already':
      'You have an appointment at that very time already, and it stands as it is. Nothing more is booked.',
    'address-not-accepted':
      'Our calendar does not let anybody book here with that e-mail address, so nothing is booked. Is there another one?',
    'notes-too-long':
      'That note is longer than our calendar takes, so nothing is booked yet. Let us say it in fewer words.',
    SlotUnavailableError: 'That time is not free any more. I can look for another one.',
    BookingNotFoundError: 'Our calendar has no such appointment.',
    RequestRefusedError:
      'Our calendar does not accept that, and nothing was booked or changed. Let us check what you told me.',
    RateLimitedError:
      'Our calendar is very busy at the moment. Nothing was booked or changed. Let us try again in a minute.',
    CalendarUnreachableError:
      'I cannot reach our calendar at the moment. Nothing was booked or changed. Let us try again in a minute.',
    OutcomeUnknownError:
      'I could not confirm it yet. You will get a message as soon as I know, so please do not count on it until then.',
    unknown: 'Something is wrong with our calendar, and I cannot say what. Please ask our staff.',
  },
};
