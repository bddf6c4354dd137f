import type { StartedSlotline } from '../../start/running.ts';

/** Asks Slotline's own token endpoint for a call. */
export async function dialSlotline({
  url,
}: StartedSlotline): Promise<{ url: string; token: string }> {
  const response = await fetch(`${url}/api/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent: 'front-desk' }),
  });
  if (!response.ok) throw new Error(`The token server answered ${response.status}.`);
  const answer = (await response.json()) as { server_url: string; participant_token: string };
  return { url: answer.server_url, token: answer.participant_token };
}
