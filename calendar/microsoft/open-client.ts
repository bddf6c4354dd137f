import type { ConnectionAccess } from '../provider.ts';
import type { RequestWindow } from '../request-limiter.ts';
import { GraphClient } from './client.ts';
import type { MailboxGates } from './mailbox-gate.ts';
import { CONNECT_AGAIN } from './refusal.ts';
import { graphUrlOf, settingsOf } from './settings.ts';
import { setupError } from './setup-error.ts';

/** Of an application and a mailbox. */
const WINDOW: RequestWindow = { limit: 10_000, window: 600_000 };

export type OpenGraph = (access: ConnectionAccess) => GraphClient;

/** Opens the API of a connection; all connections to a mailbox share its gate. */
export function graphOpener(gates: MailboxGates): OpenGraph {
  return (access) => {
    const { places } = settingsOf(access);
    const baseUrl = graphUrlOf(access);
    if (!access.tokens) throw setupError('key-missing', CONNECT_AGAIN);
    return new GraphClient({
      baseUrl,
      tokens: access.tokens,
      limiter: access.limiter(WINDOW),
      gate: gates.of(`${baseUrl} ${places?.mailbox ?? ''}`),
      fetch: access.fetch,
    });
  };
}
