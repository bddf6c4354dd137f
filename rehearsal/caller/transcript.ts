import type { Caller } from './caller.ts';
import type { Check } from '../grade/facts.ts';
import type { Step } from '../play.ts';

/** `1:07.4`: minutes, seconds and tenths since the caller dialled. */
function clockTime(milliseconds: number): string {
  const tenths = Math.max(0, Math.round(milliseconds / 100));
  const seconds = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${seconds.toFixed(1).padStart(4, '0')}`;
}

function acted(step: Step): string | undefined {
  switch (step.kind) {
    case 'say':
      return `caller: ${step.text}`;
    case 'interrupt':
      return `caller interrupts: ${step.text} (${step.detail})`;
    case 'play':
      return `caller: ${step.text} (a recording)`;
    case 'type':
      return `caller types: ${step.text}`;
    case 'press':
      return `caller presses ${step.text}`;
    case 'noise':
      return `caller: noise for ${step.text}`;
    case 'wait':
      return `caller: silence for ${step.text}`;
    case 'hangUp':
      return 'caller hangs up';
    case 'hear':
      return step.ok ? undefined : `caller waited for ${step.text}: ${step.detail}`;
  }
}

/** The call as text, line by line in the order of the call's clock, with the grade below it. */
export function writeTranscript(
  name: string,
  caller: Caller,
  steps: readonly Step[],
  checks: readonly Check[],
): string {
  const lines: { at: number; text: string }[] = [];
  for (const step of steps) {
    const text = acted(step);
    if (text !== undefined) {
      lines.push({ at: step.kind === 'hear' ? step.endedAt : step.startedAt, text });
    }
  }
  for (const { repeatedAt, text } of steps) {
    if (repeatedAt !== null) lines.push({ at: repeatedAt, text: `caller, once more: ${text}` });
  }
  for (const segment of caller.words.segments) {
    const text = segment.text.replace(/\s+/g, ' ').trim();
    lines.push({
      at: segment.startedAt,
      text: `agent: ${text}${caller.words.isAudible(segment) ? '' : ' (not audible)'}`,
    });
  }
  for (const understood of caller.traces.understood.values()) {
    lines.push({ at: understood.at, text: `  (the agent understood: ${understood.text})` });
  }
  if (caller.traces.leftAt !== null) {
    lines.push({ at: caller.traces.leftAt, text: 'the agent left' });
  }
  lines.sort((one, other) => one.at - other.at);
  const graded = checks.map(
    (check) =>
      `${check.ok ? 'pass' : 'FAIL'}  ${check.name}${check.detail === '' ? '' : `: ${check.detail}`}`,
  );
  return `${[name, '', ...lines.map(({ at, text }) => `[${clockTime(at)}] ${text}`), '', ...graded].join('\n')}\n`;
}
