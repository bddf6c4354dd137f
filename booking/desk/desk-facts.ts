import type { Language } from '../../calls/languages.ts';

/** What a caller was told, and in which language. */
export interface ToldText {
  text: string;
  language: Language;
}

/** What is true of free times and appointments in one call: by the ledger's answers, and what was offered. */
export interface DeskFacts {
  /** IANA: of the calendars. */
  calendarTimeZones: readonly string[];
  /** Who takes appointments: their names may be said. */
  hosts: readonly string[];
  /** The starts of the times that were offered in this call and were not lost since. */
  offered: readonly Date[];
  /** The starts of those that turned out to be taken. */
  lost: readonly Date[];
  /** When times that were offered, or appointments that are known, end. */
  ends: readonly Date[];
  /** What was answered of free times: "Tuesday, November 24: 6 times free from 9:00 AM". */
  told: readonly ToldText[];
  /** What else was answered: its times may be spoken of. */
  mentioned: readonly ToldText[];
  /** Whether free times were looked for. */
  hasLooked: boolean;
  /** Appointments that stand: made in this call, or the caller's own. */
  standing: readonly {
    start: Date;
    isPending: boolean;
    /** With whom it is; missing where nobody is named. */
    host?: string | undefined;
  }[];
  /** What was done in this call and confirmed. */
  done: readonly { status: 'booked' | 'requested' | 'rescheduled' | 'cancelled'; start: Date }[];
  /** The starts of all appointments this call knows or knew, before they were moved too. */
  knownStarts: readonly Date[];
}

/** Of a call in which nothing can be booked. */
export const NO_DESK: DeskFacts = {
  calendarTimeZones: [],
  hosts: [],
  offered: [],
  lost: [],
  ends: [],
  told: [],
  mentioned: [],
  hasLooked: false,
  standing: [],
  done: [],
  knownStarts: [],
};
