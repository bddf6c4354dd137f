import { Tooltip } from '@mantine/core';
import { now } from '../now.ts';
import { useOffice } from '../office.ts';

const FORMATS = {
  /** "Sun, Nov 29, 3:05 PM", with the year where it is another one. */
  moment: { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'short', month: 'short', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

export type InstantForm = keyof typeof FORMATS;

/** Writes an instant in a zone. */
export function writeInstant(at: string | Date, timeZone: string, as: InstantForm): string {
  const date = new Date(at);
  const year = (of: Date): string => of.toLocaleDateString('en', { timeZone, year: 'numeric' });
  const isOtherYear = as !== 'time' && year(date) !== year(now());
  return date.toLocaleString('en', {
    ...FORMATS[as],
    ...(isOtherYear ? { year: 'numeric' } : {}),
    timeZone,
  });
}

/**
 * An instant in the organization's zone; where the viewer is in another one, theirs stands beneath
 * the pointer.
 */
export function Instant({ at, as = 'moment' }: { at: string; as?: InstantForm }) {
  const { timeZone } = useOffice();
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const words = <time dateTime={at}>{writeInstant(at, timeZone, as)}</time>;
  if (writeInstant(at, own, 'moment') === writeInstant(at, timeZone, 'moment')) return words;
  return (
    <Tooltip
      label={`${writeInstant(at, own, 'moment')} where you are`}
      events={{ hover: true, focus: true, touch: true }}
    >
      {words}
    </Tooltip>
  );
}
