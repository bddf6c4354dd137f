import { DateTime } from 'luxon';
import { recordingKey } from '../calls/recordings/recording-store.ts';
import type { ChargedAmount } from '../db/values.ts';
import type { ListedCall } from '../db/calls/list-calls.ts';
import type { ShownCall } from '../manage/calls/show-call.ts';
import { toCell } from './table.ts';

/** Characters of what a tool was given or answered. */
const MOST_OF_JSON = 160;
const LINES = {
  web: 'on the web',
  phone: 'by phone',
  console: 'on the console',
  assistant: 'at an assistant elsewhere',
};
const AMOUNTS: Record<ChargedAmount, string> = {
  textInput: 'text in',
  cachedTextInput: 'text in again',
  audioInput: 'sound in',
  cachedAudioInput: 'sound in again',
  imageInput: 'images in',
  cachedImageInput: 'images in again',
  textOutput: 'text out',
  audioOutput: 'sound out',
  seconds: 's of sound',
};

/** A call as a story for people: what was said and done, when, and what it took. */
export function tellCall(call: ShownCall): string {
  const began = DateTime.fromJSDate(call.startedAt, { zone: 'utc' });
  const rehearsal = call.isRehearsal ? ', a rehearsal' : '';
  const caller = call.callerNumber === null ? '' : `, from ${call.callerNumber}`;
  const story = [
    `Call ${call.id} ${LINES[call.line]} with ${call.agentSlug}${caller}${rehearsal}`,
    `Began ${began.toFormat('yyyy-LL-dd HH:mm:ss')} UTC, ${lengthOf(call)}.`,
    `Outcome: ${call.outcome ?? 'none yet'}. ${howItEnded(call)}`.trimEnd(),
    `Waited for an answer: ${waited(call)}. Cost: ${describeCost(call.cost)}.`,
    ...sumCharges(call).map((line) => `  ${line}`),
    `Truth: ${describeTruth(call.truth)}.`,
    ...describeRecordings(call),
    '',
    ...momentsOf(call),
    ...call.messages.map(
      ({ name, callbackNumber, text }) =>
        `Message left: ${toCell(text)} (${toCell(name)}, ${toCell(callbackNumber)})`,
    ),
  ];
  return story.join('\n');
}

/** A cost in US dollars, in words for people. */
export function describeCost(cost: number | null): string {
  return cost === null ? 'unknown' : `$${cost.toFixed(4)}`;
}

/** How often each kind of truth mark stands in a call: "1 × stopped". */
export function describeTruth(truth: ListedCall['truth']): string {
  const marks = Object.entries(truth).map(([kind, times]) => `${times} × ${afterDot(kind)}`);
  return marks.length === 0 ? 'nothing to mark' : marks.join(', ');
}

/** Such as "1 min 5 s"; of a call that goes on, that it does. */
export function lengthOf({
  startedAt,
  endedAt,
}: Pick<ListedCall, 'startedAt' | 'endedAt'>): string {
  if (endedAt === null) return 'goes on';
  const seconds = Math.round((endedAt.getTime() - startedAt.getTime()) / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Nothing of a call that was not recorded. */
function describeRecordings({ recording, recordings }: ShownCall): string[] {
  if (recording === 'refused') return ['Recording: the caller did not want it, and it is deleted.'];
  if (recording !== null && recordings.length === 0) return ['Recording: deleted.'];
  return recordings.map(({ id, milliseconds, bytes, incomplete, store }) => {
    const length =
      milliseconds === null ? 'goes on' : `${inSeconds(milliseconds)}, ${bytes ?? 0} bytes`;
    const place = store === null ? 'at the worker' : `in ${store}`;
    const missing = incomplete === null ? '' : `, incomplete: ${toCell(incomplete)}`;
    return `Recording: ${recordingKey(id)} ${place}, ${length}${missing}.`;
  });
}

function howItEnded({ endedBy, endReason }: ShownCall): string {
  const reason = endReason === null ? [] : [toCell(endReason)];
  return [...reason, ...(endedBy === null ? [] : [`[ended by: ${endedBy}]`])].join(' ');
}

function waited({ medianLatency, longestLatency }: ShownCall): string {
  if (medianLatency === null || longestLatency === null) return 'never';
  return `${inSeconds(medianLatency)} as a rule, ${inSeconds(longestLatency)} at most`;
}

/** What each model took. */
function sumCharges({ charges }: ShownCall): string[] {
  const models = new Map<
    string,
    { times: number; amounts: Map<string, number>; cost: number | null }
  >();
  for (const { model, amounts, cost } of charges) {
    const sum = models.get(model) ?? { times: 0, amounts: new Map<string, number>(), cost: 0 };
    sum.times += 1;
    sum.cost = sum.cost === null || cost === null ? null : sum.cost + cost;
    for (const [kind, amount] of Object.entries(amounts)) {
      sum.amounts.set(kind, (sum.amounts.get(kind) ?? 0) + amount);
    }
    models.set(model, sum);
  }
  return [...models].map(([model, { times, amounts, cost }]) => {
    const parts = [...amounts]
      .filter(([, amount]) => amount > 0)
      .map(([kind, amount]) => `${amount} ${AMOUNTS[kind as ChargedAmount]}`);
    return `${toCell(model)}, ${times} ×: ${parts.join(', ')}: ${describeCost(cost)}`;
  });
}

/** Turns, tools and what is worth telling beside them, in the order in which they happened. */
function momentsOf(call: ShownCall): string[] {
  const turns = call.turns.map(({ at, role, medium, text, interrupted, latency }) => {
    const notes = [
      ...(medium === 'text' ? ['typed'] : medium === 'keys' ? ['keyed in'] : []),
      ...(interrupted ? ['interrupted'] : []),
      ...(latency === null ? [] : [`after ${inSeconds(latency)}`]),
    ];
    const said = `${role === 'caller' ? 'Caller' : 'Agent '}  ${toCell(text)}`;
    return { at, line: notes.length === 0 ? said : `${said}  [${notes.join(', ')}]` };
  });
  const tools = call.tools.map(({ at, endedAt, name, ...tool }) => {
    const took = endedAt === null ? 'never ended' : inSeconds(endedAt.getTime() - at.getTime());
    const answer =
      tool.error === null ? describeAnswer(tool.result) : `refused: ${toCell(tool.error)}`;
    return { at, line: `        ${name} ${shorten(tool.arguments)} → ${answer}  [${took}]` };
  });
  const marks = call.marks.flatMap(({ at, kind, details, words }) => {
    if (!isWorthTelling(kind, details)) return [];
    const about = Object.entries(details).filter(
      ([name, value]) => value !== null && name !== 'appointmentId',
    );
    const told = about.map(([name, value]) => `${name} ${toCell(String(value))}`).join(', ');
    const quote = words === null ? '' : ` "${toCell(words)}"`;
    return [{ at, line: `     ●  ${kind}: ${told}${quote}` }];
  });
  return [...turns, ...tools, ...marks]
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, line }) => `${clockOf(at, call.startedAt)}  ${line}`);
}

/** Of what agent and caller do from moment to moment, the turns tell. */
function isWorthTelling(kind: string, details: Record<string, unknown>): boolean {
  return (kind !== 'agent' && kind !== 'caller') || details['state'] === 'away';
}

function clockOf(at: Date, start: Date): string {
  const seconds = Math.max(0, Math.floor((at.getTime() - start.getTime()) / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`.padStart(6);
}

/** What a tool said to be said, where it did. */
function describeAnswer(result: unknown): string {
  const { status, message } = (result ?? {}) as { status?: unknown; message?: unknown };
  if (typeof status !== 'string' || typeof message !== 'string') return shorten(result);
  return toCell(`${status}: ${message}`);
}

function shorten(value: unknown): string {
  const text = toCell(JSON.stringify(value ?? null));
  return text.length > MOST_OF_JSON ? `${text.slice(0, MOST_OF_JSON)}…` : text;
}

function inSeconds(milliseconds: number): string {
  return milliseconds < 1_000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1_000).toFixed(1)} s`;
}

function afterDot(kind: string): string {
  return kind.slice(kind.indexOf('.') + 1);
}
