import { describe, expect, it } from 'vitest';

import type { CallView } from '../../../calls/call-view.ts';
import { parseCallView, parsePageAnswer } from '../../../web/call/call-view.ts';
import { exampleAppointment, exampleSlots, exampleView } from '../example-view.ts';

const view: CallView = {
  ...exampleView,
  offer: { message: null, slots: exampleSlots },
  details: [{ field: 'email', value: 'mary@gmail.con', state: 'heard', likely: 'mary@gmail.com' }],
  appointment: exampleAppointment,
};

describe('parseCallView', () => {
  it('reads a snapshot as the worker wrote it', () => {
    expect(parseCallView(JSON.stringify(view))).toEqual(view);
  });

  it.each([
    ['text that is no JSON', '{"v":2,'],
    ['another version', JSON.stringify({ ...view, v: 3 })],
    ['a snapshot with a part missing', JSON.stringify({ ...view, offer: undefined })],
    [
      'an appointment of an unknown status',
      JSON.stringify({ ...view, appointment: { status: 'certain' } }),
    ],
  ])('takes no notice of %s', (_what, text) => {
    expect(parseCallView(text)).toBeNull();
  });
});

describe('parsePageAnswer', () => {
  it.each([
    { status: 'done' },
    { status: 'not-offered' },
    { status: 'refused', problems: { email: 'must be an e-mail address' } },
  ])('reads $status', (answer) => {
    expect(parsePageAnswer(JSON.stringify(answer))).toEqual(answer);
  });

  it('takes no notice of anything else', () => {
    expect(parsePageAnswer('{"status":"booked"}')).toBeNull();
  });
});
