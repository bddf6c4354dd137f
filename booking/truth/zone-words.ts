import { toLanguage } from '../../calls/languages.ts';
import { zoneName } from '../times/labels.ts';
import type { Found } from './found.ts';
import type { Lexicon } from './lexicon/words.ts';

/** A zone as it was said: each that the words may mean. */
export interface SaidZone {
  kind: 'zone';
  /** IANA. */
  zones: readonly string[];
}

/** The zones that business is done in; any other is not told apart, and never called wrong. */
const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Halifax',
  'America/Sao_Paulo',
  'America/Mexico_City',
  'America/Bogota',
  'America/Argentina/Buenos_Aires',
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Paris',
  'Europe/Athens',
  'Europe/Moscow',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'UTC',
];
const ENGLISH: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  central: 'America/Chicago',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  mountain: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  pacific: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  gmt: 'UTC',
  utc: 'UTC',
  cet: 'Europe/Paris',
  cest: 'Europe/Paris',
  bst: 'Europe/London',
  london: 'Europe/London',
  'new york': 'America/New_York',
  chicago: 'America/Chicago',
  denver: 'America/Denver',
  'los angeles': 'America/Los_Angeles',
  paris: 'Europe/Paris',
  berlin: 'Europe/Berlin',
  madrid: 'Europe/Madrid',
  lisbon: 'Europe/Lisbon',
  rome: 'Europe/Rome',
  tokyo: 'Asia/Tokyo',
  sydney: 'Australia/Sydney',
};

/** A zone's name is the same all year. */
const SOME_DAY = new Date('2026-01-15T12:00:00Z');

const grammars = new Map<string, { regex: RegExp; zones: Map<string, string[]> }>();

/** The zones that a text names, in order. */
export function readZones(text: string, lexicon: Lexicon): Found<SaidZone>[] {
  const { regex, zones } = grammarOf(lexicon);
  const found: Found<SaidZone>[] = [];
  for (const match of text.replaceAll('’', "'").matchAll(regex)) {
    const name = match[0].toLowerCase();
    const named = zones.get(name) ?? zones.get(name.replace(/ (?:standard |daylight )?time$/, ''));
    if (!named) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      value: { kind: 'zone', zones: named },
    });
  }
  return found;
}

function grammarOf({ language }: Lexicon): { regex: RegExp; zones: Map<string, string[]> } {
  const known = grammars.get(language);
  if (known) return known;
  const zones = new Map<string, string[]>();
  const note = (name: string, zone: string): void => {
    const key = plain(name);
    zones.set(key, [...(zones.get(key) ?? []), zone]);
  };
  for (const zone of ZONES) note(zoneName(zone, SOME_DAY, toLanguage(language)), zone);
  const names = [...zones.keys()];
  const patterns: string[] = [];
  if (language === 'en') {
    for (const [name, zone] of Object.entries(ENGLISH)) note(name, zone);
    const isLong = (name: string): boolean => name.length > 4 || name === 'utc' || name === 'gmt';
    const long = Object.keys(ENGLISH).filter(isLong);
    names.push(...Object.keys(ENGLISH).filter((name) => name.length <= 4));
    // A whole name goes before: "3 PM Central European time".
    patterns.push(
      `(?:${long.join('|')}) (?:standard |daylight )?time`,
      '(?<=m\\.? )(?:eastern|central|mountain|pacific)',
    );
  }
  const byLength = names.sort((a, b) => b.length - a.length).map(escape);
  const sources = [...byLength, ...patterns];
  const made = {
    regex: new RegExp(`(?<![\\p{L}\\d])(?:${sources.join('|')})(?![\\p{L}\\d])`, 'giu'),
    zones,
  };
  grammars.set(language, made);
  return made;
}

/** Of the apostrophes of a language whichever is written. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
