/** How a number is asked for. */
export interface SettingWords {
  name: string;
  label: string;
  description: string;
  unit: string;
  min: number;
  max: number;
}

const days = { unit: 'days', min: 1, max: 3_650 };

export const DAYS: readonly SettingWords[] = [
  {
    name: 'transcriptDays',
    label: 'Transcripts and recordings',
    description: 'From the call’s beginning.',
    ...days,
  },
  {
    name: 'callerDays',
    label: 'Callers',
    description: 'The number and the appointment, on a call.',
    ...days,
  },
  {
    name: 'messageDays',
    label: 'Messages',
    description: 'From when somebody has seen to them.',
    ...days,
  },
  {
    name: 'attendeeDays',
    label: 'Attendees',
    description: 'From the appointment’s end.',
    ...days,
  },
];

export const COUNTS: readonly SettingWords[] = [
  {
    name: 'callsAtOnce',
    label: 'Calls at once',
    description: 'By phone and on the web together.',
    unit: '',
    min: 1,
    max: 10_000,
  },
  {
    name: 'callsPerCallerAnHour',
    label: 'Calls of one caller',
    description: 'By phone, in an hour.',
    unit: 'an hour',
    min: 1,
    max: 10_000,
  },
  {
    name: 'callsPerVisitorAtOnce',
    label: 'Calls of one visitor at once',
    description: 'From one address, on the web.',
    unit: '',
    min: 1,
    max: 10_000,
  },
  {
    name: 'longestCallMinutes',
    label: 'Longest call',
    description: 'It is ended in order, with a warning before.',
    unit: 'minutes',
    min: 1,
    max: 240,
  },
  {
    name: 'keptForPhone',
    label: 'Kept for the phone',
    description: 'Of the calls at once, where there is a number to call.',
    unit: '%',
    min: 0,
    max: 100,
  },
];
