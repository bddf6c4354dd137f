/** A label taken apart for display; joined by `at` it is the server's label again. */
export interface SlotParts {
  day: string;
  time: string;
}

/**
 * Day and time of a slot in a zone, but only if together they read exactly as the server's own
 * label does: what the visitor sees never differs from what the server said.
 */
export function slotParts(
  slot: { label: string; start: string },
  timeZone: string,
): SlotParts | null {
  try {
    const start = new Date(slot.start);
    const day = start.toLocaleDateString('en-US', {
      timeZone,
      weekday: 'long',
      month: 'long',
      day: 'numeric',
    });
    // Newer ICU puts a narrow no-break space before AM and PM.
    const time = start
      .toLocaleTimeString('en-US', { timeZone, hour: 'numeric', minute: '2-digit' })
      .replace(/\s/gu, ' ');
    return slot.label === `${day} at ${time}` ? { day, time } : null;
  } catch {
    return null;
  }
}

/** Minutes after midnight in a zone; null for an unknown zone or a broken instant. */
export function minuteOfDay(instant: string, timeZone: string): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    }).formatToParts(new Date(instant));
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    const minute = read('hour') * 60 + read('minute');
    return Number.isFinite(minute) ? minute : null;
  } catch {
    return null;
  }
}

/** Month, day and weekday for the leaf of a calendar; null for an unknown zone or instant. */
export function calendarLeaf(
  instant: string,
  timeZone: string,
): { month: string; day: string; weekday: string } | null {
  try {
    const date = new Date(instant);
    const read = (options: Intl.DateTimeFormatOptions) =>
      date.toLocaleDateString('en-US', { timeZone, ...options });
    return {
      month: read({ month: 'short' }),
      day: read({ day: 'numeric' }),
      weekday: read({ weekday: 'short' }),
    };
  } catch {
    return null;
  }
}
