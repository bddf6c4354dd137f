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

/** A number, or `none`, which takes away what was set. */
export function toNumberOrNone(text: string): number | null {
  return text === 'none' ? null : toNumber(text);
}

/** A text, or `none`, which takes away what was set. */
export function toTextOrNone(text: string): string | null {
  return text === 'none' ? null : text;
}

/** A day's beginning on this machine, or an instant. */
export function toInstant(text: string): Date {
  const instant = DateTime.fromISO(text);
  if (!instant.isValid) {
    throw new InvalidArgumentError('It must be a date or an instant, such as 2026-11-24.');
  }
  return instant.toJSDate();
}
