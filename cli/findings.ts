import { withCommand } from '../calendar/calendar-error.ts';
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
export function describeFinding(finding: Finding): string {
  const { part, of, state, found } = finding;
  const subject = of === null ? part : `${part} of ${of}`;
  const line = `${MARKS[state]} ${toCell(subject)}: ${toCell(found)}`;
  const remedy = remedyOf(finding);
  return remedy === null ? line : `${line}\n    → ${toCell(remedy)}`;
}

function toJson({ command, ...finding }: Finding): object {
  return { ...finding, remedy: remedyOf({ ...finding, command }) };
}

function remedyOf({ remedy, command }: Finding): string | null {
  return remedy === null ? null : withCommand(remedy, command);
}

/** The doctor's last word; it failed when one step did. */
export function summarise(findings: readonly Finding[]): Answer {
  const failed = findings.filter(({ state }) => state === 'failed').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  const ok = failed === 0;
  const rest = warnings === 0 ? '' : ` ${warnings} warning(s).`;
  return {
    json: { ok, findings: findings.map(toJson) },
    text: ok ? `Bookings work.${rest}` : `${failed} step(s) failed.${rest}`,
    exitCode: ok ? 0 : 1,
  };
}
