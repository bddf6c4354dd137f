import type { Finding } from '../manage/doctor/finding.ts';
import type { Answer } from './act.ts';
import { toCell } from './table.ts';

const MARKS: Record<Finding['state'], string> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  skipped: '–',
};

/** One step of the doctor, for people. */
export function describeFinding({ part, of, state, found, remedy }: Finding): string {
  const subject = of === null ? part : `${part} of ${of}`;
  const line = `${MARKS[state]} ${toCell(subject)}: ${toCell(found)}`;
  return remedy === null ? line : `${line}\n    → ${toCell(remedy)}`;
}

/** The doctor's last word; it failed when one step did. */
export function summarise(findings: readonly Finding[]): Answer {
  const failed = findings.filter(({ state }) => state === 'failed').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  const ok = failed === 0;
  const rest = warnings === 0 ? '' : ` ${warnings} warning(s).`;
  return {
    json: { ok, findings },
    text: ok ? `Bookings work.${rest}` : `${failed} step(s) failed.${rest}`,
    exitCode: ok ? 0 : 1,
  };
}
