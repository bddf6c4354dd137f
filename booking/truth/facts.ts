import type { Language } from '../../calls/languages.ts';
import type { DeskFacts } from '../desk/desk-facts.ts';

/** What is true in one call. */
export interface CallFacts extends DeskFacts {
  now: Date;
  /** IANA: the caller's; times are said in it. */
  timeZone: string;
  /** What the business told the agent: its times may be spoken of. */
  business: readonly string[];
  /** What the business writes in. */
  businessLanguage: Language;
  /** What was answered of it since. */
  informed: readonly string[];
  /** What the caller said: it may be read back. */
  caller: readonly string[];
}
