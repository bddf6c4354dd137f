/** What a caller hears where no model can speak. Each is recorded: see the README beside this. */
export const SENTENCES = {
  outOfOrder:
    'I am sorry, this line is not working at the moment. Please try again later. Goodbye.',
  /** Of a call in which something was booked, moved or cancelled. */
  changeStands:
    'I am sorry, I cannot go on with this call. What was booked or changed in it stands. Goodbye.',
  /** Of a call in which a change is under way. */
  changeOpen:
    'I am sorry, I cannot go on with this call. What you asked for last may not have worked. Please call again to make sure. Goodbye.',
  puttingThrough:
    'I am sorry, I cannot go on with this call myself. I am putting you through to somebody. One moment, please.',
  /** Once a message for the business is stored. */
  messageTaken:
    'I am sorry, I cannot go on with this call. I have left a message that you called, with your number. Goodbye.',
} as const;

/** Sentences that are recorded, by their files: those above, and those a call is refused with. */
export const RECORDINGS: ReadonlyMap<string, string> = new Map([
  ['out-of-order.wav', SENTENCES.outOfOrder],
  ['change-stands.wav', SENTENCES.changeStands],
  ['change-open.wav', SENTENCES.changeOpen],
  ['putting-through.wav', SENTENCES.puttingThrough],
  ['message-taken.wav', SENTENCES.messageTaken],
  ['not-in-service.wav', 'I am sorry, this number is not in service at the moment. Goodbye.'],
  [
    'lines-busy.wav',
    'I am sorry, all our lines are busy at the moment. Please call again in a few minutes. Goodbye.',
  ],
  ['caller-blocked.wav', 'I am sorry, we cannot take your call. Goodbye.'],
  [
    'called-too-often.wav',
    'I am sorry, you have called very often. Please call again later. Goodbye.',
  ],
  [
    'calls-open.wav',
    'I am sorry, several calls from your connection are open already. Please end one of them and call again. Goodbye.',
  ],
]);
