import { describe, expect, it } from 'vitest';
import { noteDetails } from '../../../agent/tools/note-details.ts';
import { SpokenLanguage } from '../../../booking/languages/spoken-language.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { openTestDesk, SOON } from '../../support/test-desk.ts';

const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const ENGLISH = new SpokenLanguage({ language: 'en' });
const NOTHING = { slot_id: null, name: null, email: null, phone: null };

describe('note_details', () => {
  const database = useTestDatabase({ clock: CLOCK });

  async function open() {
    const { desk } = await openTestDesk(database.db, { clock: CLOCK });
    await desk.findTimes(SOON);
    let shown = 0;
    const tool = noteDetails({ desk, language: ENGLISH, showPage: () => (shown += 1) });
    const note = (heard: Partial<typeof NOTHING | Record<string, string>>, isSaid = true) =>
      tool.run(
        { ...NOTHING, ...heard },
        { heard: () => Promise.resolve(isSaid), isCallerSpeaking: () => false },
      );
    const detail = (field: string) => desk.callerDetails.find((one) => one.field === field);
    return { desk, note, detail, timesShown: () => shown };
  }

  it('shows what was heard as it is written, and is not answered where the agent spoke', async () => {
    const { desk, note, detail, timesShown } = await open();
    const slot = desk.offer?.slots[0];
    expect(await note({ slot_id: slot?.id ?? '', name: 'm a r y, s m i t h' })).toBeUndefined();
    expect(desk.offer?.slots[0]?.isChosen).toBe(true);
    expect(detail('name')).toMatchObject({ value: 'Mary Smith', state: 'heard' });
    expect(timesShown()).toBe(1);
  });

  it('is answered where the agent said nothing: the caller must not wait', async () => {
    const { note } = await open();
    expect(await note({ name: 'Mary Smith' }, false)).toMatchObject({ status: 'noted' });
  });

  it('shows nothing of what cannot be written, or in two ways', async () => {
    const { note, detail } = await open();
    await note({ email: 'j o h n oh seven at example dot com', name: 'http://evil.example/' });
    await note({ email: 'john slash smith', slot_id: 'slot_1' });
    expect([detail('name'), detail('email')]).toMatchObject([{ value: null }, { value: null }]);
  });

  it('leaves what was typed and is heard the same, and shows what was heard later', async () => {
    const { desk, note, detail } = await open();
    desk.details.type({ name: 'Mary Smith', email: 'mary@example.com' });
    await note({ name: 'Mary Smith', email: 'mary at example dot com' });
    expect([detail('name'), detail('email')]).toMatchObject([
      { state: 'typed' },
      { state: 'typed' },
    ]);
    await note({ email: 'mary at work dot example' });
    expect(detail('email')).toMatchObject({ value: 'mary@work.example', state: 'heard' });
  });
});
