import type { CalendarProvider, ProviderCredential } from '../calendar/provider.ts';
import { signsIn } from '../calendar/oauth/oauth-client.ts';
import { readCredential } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import { hasConnectionTokens } from '../db/calendars/connection-tokens.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { parseInput } from './parse-input.ts';

/** Asks for a calendar's key; null: none is given. */
export type ReadKey = (credential: ProviderCredential) => Promise<string | null>;

/** What whoever gave no key is told, behind "is missing: ". */
export type HowToGiveKey = (credential: ProviderCredential) => string;

/** What a credential is called, unless its provider calls it otherwise. */
export const USUAL_LABEL = 'API key';

const PASTE: HowToGiveKey = ({ label = USUAL_LABEL }) => `paste the ${label} of the account`;

/** A connection as it is to become. */
export interface ConnectionWish {
  provider: CalendarProvider;
  /** As it is stored now; undefined where there is none of its name. */
  known: CalendarConnection | undefined;
  settings: Record<string, unknown>;
}

/** Beyond any address: what is taken apart each time a calendar is opened keeps everybody waiting. */
const LONGEST_SETTING = 4_000;

/**
 * The stored settings with those given in their place; null takes one away. Without its address a key
 * would be sent to another instance.
 * @throws {ManageError} naming the setting at fault
 */
export function mergeSettings(
  provider: CalendarProvider,
  known: CalendarConnection | undefined,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const stated = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [field, value] of stated) {
    if (!Object.hasOwn(provider.settings.shape, field)) {
      throw new ManageError(`is no setting of a ${provider.name} calendar`, { field });
    }
    if (typeof value !== 'string' || value.length <= LONGEST_SETTING) continue;
    throw new ManageError(`must have ${LONGEST_SETTING} characters at most`, { field });
  }
  const merged = { ...known?.settings, ...Object.fromEntries(stated) };
  const settings = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
  parseInput(provider.settings, settings);
  return settings;
}

/**
 * The key given, else the stored one; null where the provider needs none.
 * @throws {ManageError} there is none, or the stored one would be sent to another instance
 */
export async function chooseKey(
  parts: ManageParts,
  { provider, known, settings }: ConnectionWish,
  readKey: ReadKey,
  howToGive: HowToGiveKey = PASTE,
): Promise<string | null> {
  if (provider.credential === null) {
    if (signsIn(provider)) await requireSignIn(parts, provider, known);
    return null;
  }
  const given = await readKey(provider.credential);
  if (given !== null) return parseKey(given);
  const { environment } = parts.providers;
  const before = known && provider.instanceOf?.({ settings: known.settings, environment });
  if (known && provider.instanceOf?.({ settings, environment }) !== before) {
    throw new ManageError(
      'must be given anew with another address: the stored key is sent to no other instance',
      { field: 'key' },
    );
  }
  const stored = known ? await readCredential(parts.db, known, parts.masterKey) : null;
  if (stored !== null) return stored;
  if (known && (await hasConnectionTokens(parts.db, known))) return null;
  throw new ManageError(`is missing: ${howToGive(provider.credential)}`, { field: 'key' });
}

/** @throws {ManageError} nobody has signed in whose access stands */
async function requireSignIn(
  { db }: ManageParts,
  { name }: CalendarProvider,
  known: CalendarConnection | undefined,
): Promise<void> {
  if (known && (await hasConnectionTokens(db, known))) return;
  throw new ManageError(
    `needs somebody who signs in to ${name}: begin with a link to sign in (authorizeCalendar)`,
    { field: 'provider' },
  );
}

/** What a header can hold (RFC 9110, 5.5) of a key: visible ASCII, in one piece. */
const KEY = /^[\u0021-\u007E]+$/;

/** @throws {ManageError} no provider can have made such a key */
function parseKey(given: string): string {
  if (KEY.test(given)) return given;
  throw new ManageError(
    'must be one line without spaces or other characters that no key has: copy it again, alone',
    { field: 'key' },
  );
}
