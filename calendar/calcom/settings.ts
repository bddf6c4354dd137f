import { z } from 'zod';

/** Where Cal.com itself answers. */
export const CALCOM_BASE_URL = 'https://api.cal.com';

/** Settings of a Cal.com connection; the API key is its credential. */
export const CalcomSettingsSchema = z.object({
  /** Of a self-hosted instance: the address before `/v2`. */
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://api.example.com' })
    .optional(),
  /** Whose event types are meant; the key's owner unless a team is named. */
  username: z.string().min(1).optional(),
  /** Looks for event types in this team alone. */
  teamId: z.int().positive().optional(),
});

/** The address that paths such as `/v2/me` follow. */
export function rootOf(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '').replace(/\/v2$/, '');
}
