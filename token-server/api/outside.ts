import type { ChangeContext } from '../../booking/ledger/ledger-context.ts';
import type { ManageParts } from '../../manage/manage-parts.ts';
import type { LivekitAccess } from '../../manage/sync-numbers.ts';
import type { AddressRule } from '../../runtime/public-address.ts';
import { within } from '../../runtime/within.ts';
import { Problem } from '../problem.ts';

/** What routes reach beyond the database. */
export interface Outside extends Omit<ManageParts, 'db'> {
  livekit: LivekitAccess;
  /** Whoever comes here is not the server's operator. */
  isGuarded: true;
  /** Where webhook endpoints may be. */
  webhookAddresses: AddressRule;
  /** Milliseconds for which a request waits for somebody else's server. */
  patience: number;
  /** Of the ledger; the usual ones unless a test gives others. */
  ledger?: Pick<ChangeContext, 'deadlines' | 'onStep'>;
}

/**
 * Waits for somebody else's server no longer than a person at a page does; what it still does ends by
 * deadlines of its own.
 * @throws {Problem} `no_answer`
 */
export function inTime<T>({ patience }: Pick<Outside, 'patience'>, work: Promise<T>): Promise<T> {
  const seconds = Math.max(1, Math.round(patience / 1_000));
  return within(
    patience,
    work,
    () =>
      new Problem(
        'no_answer',
        `The other side did not answer within ${seconds} s, and nothing was stored here. Try again in a minute; if it stays so, look whether the provider is down, and check its address.`,
      ),
  );
}
