import { hasNotice } from '../../db/server-notices.ts';
import type { ManageParts } from '../manage-parts.ts';
import { warning } from './finding.ts';
import type { Finding } from './finding.ts';

const DAY = 86_400_000;

/** What the token server met in the last day that keeps visitors from calling. */
export async function* examineVisitors({ db }: Pick<ManageParts, 'db'>): AsyncGenerator<Finding> {
  if (!(await hasNotice(db, 'untrusted-proxy', DAY))) return;
  yield warning(
    { part: 'visitors', of: null },
    'they come through a proxy that the token server does not trust: all of them share one limit',
    'Set TRUST_PROXY of the token server to how many proxies stand in front of it, or to their addresses, and start it again.',
  );
}
