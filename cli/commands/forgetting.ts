import type { Command } from 'commander';
import type { Forgotten } from '../../db/forgetting/forget-person.ts';
import { changeRetention, forget } from '../../manage/forget.ts';
import type { RetentionInput } from '../../manage/forget.ts';
import type { Act } from '../act.ts';
import { toNumber } from '../option-values.ts';
import { formatTable } from '../table.ts';

/** `slotline forget …` and `slotline retention`: how long what names people is kept. */
export function addForgettingCommands(program: Command, act: Act): void {
  program
    .command('forget')
    .description('forget a person: what they said, asked, left and booked; the figures stay')
    .argument('<person>', 'a number with its country code, +12025550123, or an e-mail address')
    .option('--dry-run', 'tell what would be forgotten, and forget nothing')
    .action(
      act(async ({ db, organizationId }, { dryRun = false }: { dryRun?: boolean }, person) => {
        const forgotten = await forget(db, await organizationId(), { person, dryRun });
        return { json: { dryRun, ...forgotten }, text: describe(forgotten, dryRun) };
      }),
    );
  program
    .command('retention')
    .description('how many days what names people is kept; shows it, or changes it')
    .option('--transcript-days <days>', 'what was said and asked in calls (default: 30)', toNumber)
    .option('--caller-days <days>', 'who called (default: 90)', toNumber)
    .option(
      '--message-days <days>',
      'messages, once somebody has seen to them (default: 90)',
      toNumber,
    )
    .option(
      '--attendee-days <days>',
      'who an appointment was with, from its end (default: 365); where its outcome is not known, a year at least',
      toNumber,
    )
    .action(
      act(async ({ db, organizationId }, options: RetentionInput) => {
        const { transcriptDays, callerDays, messageDays, attendeeDays } = options;
        const retention = await changeRetention(db, await organizationId(), {
          transcriptDays,
          callerDays,
          messageDays,
          attendeeDays,
        });
        const row = {
          'transcripts, days': retention.transcriptDays,
          'callers, days': retention.callerDays,
          'messages, days': retention.messageDays,
          'attendees, days': retention.attendeeDays,
        };
        return { json: retention, text: formatTable([row], '') };
      }),
    );
}

function describe(forgotten: Forgotten, dryRun: boolean): string {
  const { upcoming, open, calendars, isBlocked, besides, ...counts } = forgotten;
  const names: Record<keyof typeof counts, string> = {
    calls: 'calls, whose caller is nobody now',
    turns: 'sentences of conversations',
    toolCalls: 'requests of the model with their answers',
    recordings: 'recordings of calls',
    messages: 'messages taken',
    appointments: 'appointments, which are with nobody now',
    intents: 'wishes to book, move or cancel, which are nobody’s now',
    guesses: 'guesses at their appointments',
    mails: 'mails',
    webhooks: 'news of the calendar',
    events: 'events that your webhook endpoints were told',
  };
  const lines = Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${number} ${names[name as keyof typeof counts]}`);
  const said = dryRun ? 'Would be forgotten:' : 'Forgotten:';
  return [
    ...(lines.length === 0
      ? ['Nothing was found of this person.']
      : [said, ...lines.map((line) => `  ${line}`)]),
    ...(upcoming > 0
      ? [
          `${upcoming} appointment(s) still to come stay as they are: cancel them, then forget again.`,
        ]
      : []),
    ...(open > 0
      ? [
          `${open} call(s), wish(es) or piece(s) of news are not over yet and stay as they are: forget again later.`,
        ]
      : []),
    ...calendars.map(
      ({ name, provider, bookings }) =>
        `The calendar "${name}" (${provider}) keeps its own copy of ${bookings} booking(s): remove it there.`,
    ),
    ...(besides.length > 0
      ? [`Beside it stood: ${besides.join(', ')}. If that is the same person, forget it too.`]
      : []),
    ...(isBlocked ? ['The number is blocked, and stays so: `callers unblock` removes it.'] : []),
    'Mails that were sent, backups, and what the model’s provider keeps are not reached from here.',
  ].join('\n');
}
