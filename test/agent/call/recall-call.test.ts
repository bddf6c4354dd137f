import { describe, expect, it } from 'vitest';
import { recallCall } from '../../../agent/call/recall-call.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../../support/test-desk.ts';
import { speaking } from '../../support/speaking.ts';

describe('what a model is told whose connection was renewed', () => {
  const clock = clockFrom('2026-11-23T14:00:00Z');
  const language = speaking('en');
  const database = useTestDatabase({ clock });

  it('is what stands, from the desk itself', async () => {
    const { desk } = await openTestDesk(database.db, { clock });
    expect(recallCall({ desk: null, language })).toContain('Nothing has been booked');
    expect(recallCall({ desk, language })).not.toContain('offered last');
    await desk.findTimes(SOON);
    const [slot] = desk.offer?.slots ?? [];
    expect(recallCall({ desk, language })).toContain(`${slot?.label} (slot_id ${slot?.id})`);
    expect(recallCall({ desk, language })).not.toContain('The caller chose');
    desk.choose(slot?.id ?? '');
    expect(recallCall({ desk, language })).toContain(`The caller chose ${slot?.label}.`);
    await desk.changes.schedule({ slotId: slot?.id ?? '', ...MARY });
    expect(recallCall({ desk, language })).toContain(
      `the appointment ${desk.appointment?.label} is booked`,
    );
    expect(recallCall({ desk, language })).not.toContain('Nothing has been booked');
  });
});
