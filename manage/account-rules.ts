import type { ProviderAccount } from '../calendar/provider.ts';
import { listCalendarConnections } from '../db/calendars/calendar-connections.ts';
import type { CalendarConnection } from '../db/calendars/calendar-connections.ts';
import type { ConnectionWish } from './connection-wish.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/**
 * The appointments of a connection are in one account: another account's key would lose them.
 * @throws {ManageError}
 */
export function refuseOtherAccount(
  known: CalendarConnection | undefined,
  account: ProviderAccount,
): void {
  const before = known?.settings['account'];
  if (typeof before !== 'string' || before === account.name) return;
  throw new ManageError(
    `The key belongs to the account "${account.name}", and this calendar is of "${before}". ` +
      'Connect it under a name of its own, and move the events to it.',
    { field: 'key' },
  );
}

/**
 * Claims, holds and the request budget are a connection's: with two connections to one account two
 * callers could book overlapping times.
 * @throws {ManageError}
 */
export async function refuseSecondConnection(
  { db, providers: { environment } }: Pick<ManageParts, 'db' | 'providers'>,
  organizationId: string,
  {
    provider,
    settings,
    name,
    account,
  }: ConnectionWish & { name: string; account: ProviderAccount },
): Promise<void> {
  const instance = provider.instanceOf?.({ settings, environment });
  const other = (await listCalendarConnections(db, organizationId)).find(
    (each) =>
      each.name !== name &&
      each.provider === provider.id &&
      each.disconnectedAt === null &&
      each.settings['account'] === account.name &&
      provider.instanceOf?.({ settings: each.settings, environment }) === instance,
  );
  if (!other) return;
  throw new ManageError(
    `The account "${account.name}" is connected already, as "${other.name}". One calendar carries ` +
      'several events, those of the teams of the account too: add them to it, ' +
      'or disconnect it first.',
    { field: 'name' },
  );
}
