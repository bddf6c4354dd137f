import { llm } from '@livekit/agents';
import type { EarlierCall } from '../../db/calls/earlier-call.ts';

/** Tools that change something; what they answered must not be done again. */
const CHANGES = ['schedule_appointment', 'reschedule_appointment', 'cancel_appointment'];

/** What was said before, for a model that has not heard it. */
export function saidBefore({ turns }: EarlierCall): llm.ChatContext {
  const context = llm.ChatContext.empty();
  for (const { role, text } of turns) {
    if (text === '') continue;
    context.addMessage({ role: role === 'caller' ? 'user' : 'assistant', content: text });
  }
  return context;
}

/** What was done before, from what the tools answered: the model that was told of it is gone. */
export function doneBefore({ tools }: EarlierCall): string[] {
  const changes = tools.filter(({ name }) => CHANGES.includes(name));
  return [
    '',
    '# This call was interrupted',
    '- The line broke for a moment, and the caller is here again. Go on where you were, and greet nobody again.',
    '- Times that were offered before must be asked for again with list_available_slots.',
    ...changes.map(({ name, result }) => {
      const message = messageOf(result);
      return message === null
        ? `- ${name} was under way when the line broke. Say that you cannot confirm it yet and that they will get a message; call it neither done nor failed.`
        : `- Before that, ${name} answered: ${message} Do not do it again.`;
    }),
    ...(changes.length === 0
      ? ['- Nothing has been booked, moved or cancelled in this call so far.']
      : []),
  ];
}

function messageOf(result: unknown): string | null {
  const { message } = Object(result) as { message?: unknown };
  return typeof message === 'string' ? message : null;
}
