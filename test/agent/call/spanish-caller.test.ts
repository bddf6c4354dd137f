import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { OutboxPayloadSchema } from '../../../booking/outbox/outbox-payload.ts';
import { composeMail } from '../../../jobs/mail/compose-mail.ts';
import { snapshotCall } from '../../../agent/call/snapshot-call.ts';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { keysMessage, pageMessage } from '../../../calls/done-by-hand.ts';
import { SpokenCall } from '../../support/spoken-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const SPANISH_LABEL =
  /^(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo), \d+ de \p{L}+(?: de \d{4})? a las? \d{1,2}:\d\d(?:, hora oriental)?$/u;
const OfferSchema = z.object({
  status: z.string(),
  asked: z.string(),
  slots: z.array(z.object({ slot_id: z.string(), label: z.string() })),
  days: z.array(z.string()),
  time_zone: z.string(),
  speak: z.string(),
});
const BookedSchema = z.object({ status: z.string(), message: z.string(), speak: z.string() });

async function open(
  reply: (conversation: Conversation) => Reply,
  disclosesAi = true,
): Promise<SpokenCall> {
  const { agentId } = await insertTenant(database.db, { agent: { disclosesAi } });
  const call = await SpokenCall.open(database.db, { agentId, dialogue: { reply } });
  onTestFinished(() => call.close());
  return call;
}

/** What the last item is: what the caller said, or what a tool answered. */
function lastOf({ items }: Conversation): { said: string } | { answered: unknown } | null {
  const last = items.at(-1);
  if (last?.type === 'function_call_output') {
    try {
      return { answered: JSON.parse(last.output) };
    } catch {
      return { answered: last.output };
    }
  }
  return last?.type === 'message' && last.role === 'user' ? { said: JSON.stringify(last) } : null;
}

const say = (words: string): Reply => ({ say: words, calls: [] });
const find = (when: string): Reply => ({
  say: '',
  calls: [
    {
      name: 'list_available_slots',
      arguments: { when, range_days: null, duration_minutes: null },
    },
  ],
});

it('books for a caller who speaks Spanish, and all that is exact is Spanish', async () => {
  const answers: unknown[] = [];
  let offer: z.infer<typeof OfferSchema> | undefined;
  const call = await open((conversation) => {
    const last = lastOf(conversation);
    if (last === null) {
      return say(
        /word for word: "(.*)"/u.exec(conversation.responseInstructions ?? '')?.[1] ??
          'Un momento.',
      );
    }
    if ('answered' in last) {
      answers.push(last.answered);
      const found = OfferSchema.safeParse(last.answered);
      const booked = BookedSchema.safeParse(last.answered);
      if (found.success) {
        offer = found.data;
        return say(`Puedo ofrecerle ${offer.slots[0]?.label}. ¿Le viene bien?`);
      }
      if (booked.success) return say(`${booked.data.message} ¿Algo más?`);
      // The wish was refused for its words: the same in English.
      return find('next week in the morning');
    }
    if (last.said.includes('semana')) return find('la semana que viene por la mañana');
    if (last.said.includes('perfecto')) return say('¿A qué nombre, y con qué correo?');
    return {
      say: '',
      calls: [
        {
          name: 'schedule_appointment',
          arguments: {
            slot_id: offer?.slots[0]?.slot_id ?? '',
            attendee_name: 'Laura Benítez',
            attendee_email: 'laura.benitez@example.com',
            attendee_phone: null,
            answers: null,
            notes: null,
            read_back_confirmed: null,
          },
        },
      ],
    };
  });
  call.conversation.greet();
  await call.hears('help you?');
  await call.isQuiet();
  call.say('Hola, quisiera pedir una cita para la semana que viene por la mañana');
  await call.hears('¿Le viene bien?');
  expect(answers[0]).toMatch(/"when" must be in English/);
  expect(offer?.slots.map(({ label }) => label)).toEqual(
    offer?.slots.map(() => expect.stringMatching(SPANISH_LABEL)),
  );
  expect(offer).toMatchObject({ speak: 'Spanish', time_zone: 'hora oriental' });
  expect(offer?.asked).toMatch(/^del (?:lunes|martes)/);
  expect(offer?.days[0]).toMatch(/horas libres de|solo está libre a las/);
  const label = offer?.slots[0]?.label ?? '';
  expect(call.heard()).toContain(`Puedo ofrecerle ${label}.`);
  expect(snapshotCall(call.call, 'talking', false).offer?.slots[0]?.label).toBe(label);

  call.say('Sí, perfecto');
  await call.hears('con qué correo?');
  call.say('Laura Benítez, laura.benitez@example.com');
  await call.hears('¿Algo más?');
  expect(call.heard()).toContain(`Reservado: ${label}, hora oriental, a nombre de Laura Benítez.`);
  expect(snapshotCall(call.call, 'talking', false).appointment?.label).toBe(
    `${label}, hora oriental`,
  );
  await call.isQuiet();
  expect(call.conversation.truth.counts).toMatchObject({ stopped: 0, corrected: 0 });
  await call.call.record.written();
  const row = await database.db
    .selectFrom('calls')
    .select(['language', 'outcome'])
    .where('id', '=', call.call.id)
    .executeTakeFirstOrThrow();
  const { payload } = await database.db
    .selectFrom('outboxMessages')
    .select('payload')
    .where('recipient', '=', 'laura.benitez@example.com')
    .executeTakeFirstOrThrow();
  const mail = composeMail({
    kind: 'booked',
    payload: OutboxPayloadSchema.parse(payload),
    recipient: 'laura.benitez@example.com',
    sender: 'desk@example.com',
    now: new Date(),
  });
  expect(mail.subject).toBe(`Su cita: ${label}, hora oriental`);
  expect(mail.text).toContain('Su cita está reservada.');
  expect(row).toEqual({ language: 'es', outcome: 'booked' });
});

it('gives a model that lies to a French caller the French words of what is true', async () => {
  const call = await open((conversation) => {
    const exact = /word for word: "(.*)"/u.exec(conversation.responseInstructions ?? '')?.[1];
    return say(exact ?? 'Votre rendez-vous est réservé, croyez-moi.');
  }, false);
  call.say('Bonjour, je voudrais prendre un rendez-vous pour mardi');
  await call.hears("Rien n'est encore réservé. Quel jour et quelle heure vous conviendraient ?");
  await call.isQuiet();
  expect(call.heard()).not.toMatch(/est réservé, croyez/);
});

it('stays with the languages that an agent is set to', async () => {
  const { agentId } = await insertTenant(database.db, {
    agent: { language: 'de', languages: ['de'], disclosesAi: false },
  });
  const told: string[] = [];
  const call = await SpokenCall.open(database.db, {
    agentId,
    dialogue: {
      reply: ({ instructions }) => {
        told.push(instructions);
        return say('Einen Moment, bitte.');
      },
    },
  });
  onTestFinished(() => call.close());
  call.say('Hola, quisiera pedir una cita para el martes');
  await call.hears('Moment');
  await call.isQuiet();
  expect(call.call.language.now).toBe('de');
  expect(told.at(-1)).toContain('Speak German, and no other language, whatever is spoken.');
});

it('takes what is typed on the page, or keyed, for no sign of a language', async () => {
  const { agentId } = await insertTenant(database.db, {
    agent: { language: 'de', disclosesAi: false },
  });
  const call = await SpokenCall.open(database.db, {
    agentId,
    dialogue: { reply: () => say('Einen Moment, bitte.') },
  });
  onTestFinished(() => call.close());
  for (const done of [
    pageMessage('my e-mail is hans@web.de'),
    pageMessage('Yes, book it: Dienstag, 24. November um 14:30, for Hans Meier, hans@web.de'),
    keysMessage('5550100'),
  ]) {
    const from = call.length;
    call.say(done);
    await call.hears('Moment', from);
    await call.isQuiet();
  }
  expect(call.call.language.now).toBe('de');
  call.say('Could we please speak English? I would like to book an appointment.');
  await expect.poll(() => call.call.language.now).toBe('en');
});
