import { llm } from '@livekit/agents';
import type { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { Tool } from '../../booking/tools/tool.ts';
import type { EarlierCall } from '../../db/calls/earlier-call.ts';
import { STANDS } from './recall-call.ts';

/** What came of these the ledger says; that they were answered does not: it may have been a read-back. */
const LEDGER_TOOLS: readonly string[] = [
  'schedule_appointment',
  'reschedule_appointment',
  'cancel_appointment',
];

/** What was said before, for a model that has not heard it. */
export function saidBefore({ turns }: Pick<EarlierCall, 'turns'>): llm.ChatContext {
  const context = llm.ChatContext.empty();
  for (const { role, text } of turns) {
    if (text === '') continue;
    context.addMessage({ role: role === 'caller' ? 'user' : 'assistant', content: text });
  }
  return context;
}

/**
 * What was done before, for a model that was not told of it.
 *
 * @param desk that has taken the call over: it knows what the ledger has
 * @param tools that the call has
 */
export function doneBefore(
  earlier: Pick<EarlierCall, 'messages' | 'tools'>,
  desk: Pick<BookingDesk, 'changed'> | null,
  tools: readonly Pick<Tool<never>, 'name' | 'changes'>[],
): string[] {
  const changed = desk?.changed ?? [];
  const changing = earlier.tools.filter(({ name }) =>
    tools.some((tool) => tool.changes && tool.name === name),
  );
  const namesOf = (isAnswered: boolean): string[] => [
    ...new Set(changing.filter((each) => each.isAnswered === isAnswered).map(({ name }) => name)),
  ];
  const answered = namesOf(true).filter((name) => !LEDGER_TOOLS.includes(name));
  const cut = namesOf(false);
  const nothing = cut.some((name) => LEDGER_TOOLS.includes(name))
    ? '- Whether anything was booked, moved or cancelled in this call is not known yet: it is being checked.'
    : '- Nothing has been booked, moved or cancelled in this call so far.';
  return [
    '',
    '# This call was interrupted',
    '- The line broke for a moment, and the caller is here again. Go on where you were, and greet nobody again.',
    '- Times that were offered before must be asked for again with list_available_slots.',
    ...(changed.length === 0
      ? [nothing]
      : changed.map(
          ({ label, status }) =>
            `- In this call: the appointment ${label} ${STANDS[status]}. Do not do it again.`,
        )),
    ...(earlier.messages > 0
      ? [`- Messages for the business that were taken in this call: ${earlier.messages}.`]
      : []),
    ...(answered.length === 0
      ? []
      : [
          `- Done before the line broke, not to be done again for the same wish: ${answered.join(', ')}.`,
        ]),
    ...(cut.length === 0
      ? []
      : [
          `- Under way when the line broke: ${cut.join(', ')}. Where nothing above says what came of it, say that you cannot confirm it; call it neither done nor failed.`,
        ]),
  ];
}
