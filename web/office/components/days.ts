/** The first instant of a day in a zone: "2026-11-24" in New York. */
export function startOfDay(day: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  // A clock that changes in between is met at the second try.
  const first = wanted - offsetAt(wanted, timeZone);
  const second = wanted - offsetAt(first, timeZone);
  const isMidnight = second + offsetAt(second, timeZone) === wanted;
  // A midnight that the clocks leave out lies between the two: the day begins with the later one.
  return new Date(isMidnight ? second : Math.max(first, second));
}

/** Whether it is a day, with one behind it: "2026-11-24", and not "2026-11-31". */
export function isDay(text: string | undefined): text is string {
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9_000) return false;
  return date.toISOString().slice(0, 10) === text;
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Milliseconds by which a zone's clock is ahead of UTC at an instant. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return shown - Math.floor(at / 1_000) * 1_000;
}
