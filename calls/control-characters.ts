import { mapTexts } from '../runtime/storable-json.ts';

/** PostgreSQL stores no NUL, and no other one of them has a place in what people say. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
/** Half of a pair, which is no text: jsonb refuses it. */
const HALF = /\p{Cs}/gu;

/** A text without control characters, but for tabs and ends of lines. */
export function withoutControls(text: string): string {
  return text.replaceAll(CONTROL, '').replaceAll(HALF, '');
}

/** A value of JSON without control characters, in any of its parts. */
export function withoutControlsIn(value: unknown): unknown {
  return mapTexts(value, withoutControls);
}

/** Whether any part of a value of JSON has control characters. */
export function hasControls(value: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(withoutControlsIn(value));
}
