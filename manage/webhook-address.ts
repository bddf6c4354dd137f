import { webhookPath } from '../calendar/webhook-path.ts';
import { ManageError } from './manage-error.ts';

/**
 * Where the provider of a connection finds us.
 * @param publicUrl the token server's address as the provider reaches it; a path before `/api` stays
 * @throws {ManageError} when it is no address
 */
export function webhookAddress(
  publicUrl: string,
  connection: { provider: string; id: string },
): string {
  const url = URL.parse(publicUrl);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ManageError(
      'must be the address at which the provider reaches the token server, such as https://voice.example.com',
      { field: 'webhookUrl' },
    );
  }
  const root = url.pathname.replace(/\/api\/webhooks\/.*$/, '').replace(/\/+$/, '');
  return `${url.origin}${root}${webhookPath(connection)}`;
}
