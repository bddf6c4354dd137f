import { expect, it } from 'vitest';
import { SOON, openTestDesk } from '../../support/test-desk.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const clock = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock });

it.each(['el martes a las diez', 'mardi 10h', 'dienstag um halb zehn', 'amanhã às 3', 'alle 9'])(
  'asks for "%s" in English, and finds no times for it',
  async (when) => {
    const { desk } = await openTestDesk(database.db, { clock });
    await expect(desk.findTimes({ ...SOON, when })).rejects.toMatchObject({
      code: 'not-english',
      message: expect.stringMatching(/^"when" must be in English.*Call the tool again/),
    });
    expect(desk.offer).toBeNull();
  },
);

it('takes no guess from a detail of an appointment that is not in English', async () => {
  const { desk } = await openTestDesk(database.db, { clock });
  const statement = { email: 'mary.smith@example.com', detail: 'el 24 a las 10' };
  await expect(desk.findAppointments(statement)).rejects.toMatchObject({ code: 'not-english' });
  expect(await database.db.selectFrom('callerGuesses').selectAll().execute()).toEqual([]);
});
