import { z } from 'zod';
import type { SaidCall, SaidTurn } from '../platform.ts';
import { MaybeInstant } from '../read-fields.ts';

const SaidSchema = z.object({
  role: z.string().max(20),
  message: z.string().optional().catch(undefined),
  time: MaybeInstant,
});
const Said = z.array(z.unknown()).optional().catch(undefined);
const Transcript = z.string().optional().catch(undefined);

/** What was said; in older payloads it stands at the top. */
export const ReportSchema = z.object({
  startedAt: MaybeInstant,
  artifact: z.object({ messages: Said, transcript: Transcript }).optional().catch(undefined),
  messages: Said,
  transcript: Transcript,
});

const ROLES: Record<string, SaidTurn['role']> = {
  user: 'caller',
  bot: 'agent',
  assistant: 'agent',
};
const LINE = /^(AI|Bot|Assistant|User|Customer): (.+)$/i;

/**
 * The turns of a report, in their order; system messages and tools are left out. Where it has lines
 * alone, nobody knows when each was said: all are dated by the beginning of the call.
 */
export function readTurns(
  report: z.infer<typeof ReportSchema>,
  call: Pick<SaidCall, 'startedAt'>,
): SaidTurn[] {
  const startedAt = report.startedAt ?? call.startedAt ?? new Date(0);
  const said = (report.artifact?.messages ?? report.messages ?? []).flatMap((given) => {
    const one = SaidSchema.safeParse(given).data;
    const role = one && ROLES[one.role];
    return role && one.message ? [{ role, text: one.message, saidAt: one.time ?? startedAt }] : [];
  });
  if (said.length > 0) return said;
  const lines = (report.artifact?.transcript ?? report.transcript ?? '').split('\n');
  return lines.flatMap((line) => {
    const [, who, text] = LINE.exec(line) ?? [];
    if (who === undefined || text === undefined) return [];
    const role = /^(user|customer)$/i.test(who) ? ('caller' as const) : ('agent' as const);
    return [{ role, text, saidAt: startedAt }];
  });
}
