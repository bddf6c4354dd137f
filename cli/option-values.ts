import { InvalidArgumentError } from 'commander';
import { DateTime } from 'luxon';

/** A number; its limits are the managed thing's own. */
export function toNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) {
    throw new InvalidArgumentError('It must be a number.');
  }
  return number;
}

/** A number, or `none`: see {@link withoutNone}. */
export function toNumberOrNone(text: string): number | 'none' {
  return text === 'none' ? text : toNumber(text);
}

/** `none` takes away what was set. Not in the option's parser, where commander knows no null. */
export function withoutNone(value: unknown): unknown {
  return value === 'none' ? null : value;
}

/** Names with commas between; `none`: none at all. */
export function toNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return text === 'none' ? [] : names.filter((name) => name !== '');
}

/** A day's beginning on this machine, or an instant. */
export function toInstant(text: string): Date {
  const instant = DateTime.fromISO(text);
  if (!instant.isValid) {
    throw new InvalidArgumentError('It must be a date or an instant, such as 2026-11-24.');
  }
  return instant.toJSDate();
}
