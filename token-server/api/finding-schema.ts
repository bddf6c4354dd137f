import { z } from 'zod';
import type { Finding } from '../../manage/doctor/finding.ts';

/** What the doctor saw at one step, without the command of a command line that nobody here has. */
export const FindingSchema = z
  .object({
    part: z.string().meta({ description: 'What was looked at: "key", "slots".' }),
    of: z.string().nullable().meta({ description: 'Of which calendar, event, trunk or number.' }),
    state: z.enum(['ok', 'warning', 'failed', 'skipped']),
    found: z.string(),
    remedy: z.string().nullable().meta({ description: 'What to do; null: nothing.' }),
  })
  .meta({ id: 'Finding' });

export const FindingsSchema = z.object({
  ok: z.boolean().meta({ description: 'Nothing failed.' }),
  findings: z.array(FindingSchema),
});

export function presentFindings(findings: readonly Finding[]): z.input<typeof FindingsSchema> {
  return { ok: findings.every(({ state }) => state !== 'failed'), findings: [...findings] };
}
