import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  path: string;
  headers: IncomingHttpHeaders;
  /** As it came. */
  body: string;
}

export interface WebhookReceiver extends AsyncDisposable {
  /** http://127.0.0.1 with the port. */
  url: string;
  port: number;
  received: ReceivedWebhook[];
}

/** A server of somebody's that takes webhooks; `answer` gives 204 unless it is told otherwise. */
export async function startWebhookReceiver(
  answer: (webhook: ReceivedWebhook, response: ServerResponse) => void = (_, response) =>
    void response.writeHead(204).end(),
): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const webhook = { path, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(webhook);
      answer(webhook, response);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Which of the secrets signed it, as a receiver finds out (Standard Webhooks 1.0). */
export function signersOf(
  { headers, body }: ReceivedWebhook,
  secrets: readonly string[],
): string[] {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const given = String(headers['webhook-signature'])
    .split(' ')
    .map((one) => Buffer.from(one.replace(/^v1,/, ''), 'base64'));
  return secrets.filter((secret) => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const wanted = createHmac('sha256', key).update(content).digest();
    return given.some((one) => one.length === wanted.length && timingSafeEqual(one, wanted));
  });
}
