/** The path at which the webhooks of a connection arrive at the token server. */
export function webhookPath({ provider, id }: { provider: string; id: string }): string {
  return `/api/webhooks/${provider}/${id}`;
}
