import { describe, expect, it } from 'vitest';

import type { CallView } from '../../../calls/call-view.ts';
import { parseCallView } from '../../../web/call/call-view.ts';

const view: CallView = {
  v: 1,
  businessName: 'Harbor Street Clinic',
  rehearsal: false,
  state: 'talking',
  timeZone: 'America/New_York',
  offer: {
    summary: 'Tuesday, November 24',
    slots: [
      {
        id: 'slot_1',
        label: 'Tuesday, November 24 at 2:30 PM',
        start: '2026-11-24T19:30:00Z',
        end: '2026-11-24T20:00:00Z',
      },
    ],
  },
  appointment: null,
};

describe('parseCallView', () => {
  it('reads a snapshot as the worker wrote it', () => {
    expect(parseCallView(JSON.stringify(view))).toEqual(view);
  });

  it.each([
    ['text that is no JSON', '{"v":1,'],
    ['another version', JSON.stringify({ ...view, v: 2 })],
    ['a snapshot with a part missing', JSON.stringify({ ...view, offer: undefined })],
    [
      'an appointment of an unknown status',
      JSON.stringify({ ...view, appointment: { status: 'certain' } }),
    ],
  ])('takes no notice of %s', (_what, text) => {
    expect(parseCallView(text)).toBeNull();
  });
});
