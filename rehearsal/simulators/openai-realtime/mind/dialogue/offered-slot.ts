/** One time as `list_available_slots` offered it; the label is taken apart to be recognised again. */
export interface OfferedSlot {
  id: string;
  label: string;
  /** "Tuesday, November 24"; the whole label when it has another form. */
  dateLabel: string;
  /** "2:30 PM"; '' when the label has another form. */
  timeLabel: string;
  /** Lower case; '' when unknown. */
  weekday: string;
  month: string;
  day: number;
  /** 1 to 12. */
  hour: number;
  minute: number;
  half: 'a' | 'p' | null;
  /** With whom it is; null where nobody is named. */
  host: string | null;
}

/** An appointment that exists; its id is what the tools call it. */
export interface FoundAppointment extends OfferedSlot {
  /** What kind of appointment it is; null where that is not told. */
  event: string | null;
  /** Minutes; null where it is as long as usual. */
  duration: number | null;
}

const LABEL =
  /^(?<date>(?<weekday>[A-Z]\w+),? (?<month>[A-Z]\w+) (?<day>\d{1,2})(?:, \d{4})?)(?:,? at (?<time>(?<hour>\d{1,2})(?::(?<minute>\d{2}))? ?(?<half>[AP])M))?/;

/** Reads "Tuesday, November 24 at 2:30 PM"; what follows the time (zone, "in 4 days") is kept in the label only. */
export function readOfferedSlot(id: string, label: string): OfferedSlot {
  const parts = LABEL.exec(label)?.groups;
  return {
    id,
    label,
    dateLabel: parts?.['date'] ?? label,
    timeLabel: parts?.['time'] ?? '',
    weekday: parts?.['weekday']?.toLowerCase() ?? '',
    month: parts?.['month']?.toLowerCase() ?? '',
    day: Number(parts?.['day'] ?? 0),
    hour: Number(parts?.['hour'] ?? 0) % 12 || 12,
    minute: Number(parts?.['minute'] ?? 0),
    half: parts?.['half'] === 'A' ? 'a' : parts?.['half'] === 'P' ? 'p' : null,
    host: / with (.+)$/.exec(label)?.[1] ?? null,
  };
}
