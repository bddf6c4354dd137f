import { z } from 'zod';

/** An instant in a query. */
export const instantFilter = z.iso
  .datetime('must be an instant in UTC, such as 2027-01-31T12:00:00Z')
  .transform((text) => new Date(text));

/** Yes or no in a query. */
export const flagFilter = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true')
  .optional();

/** What belongs to one agent. */
export const agentFilter = z
  .string()
  .regex(/^[a-z0-9-]{1,63}$/, 'must be the slug of an agent')
  .optional()
  .meta({ description: "An agent's slug." });

/** What belongs to a person. */
export const personFilter = z
  .string()
  // PostgreSQL takes no NUL in a text, and no half of a pair.
  .regex(/^[^\0\p{Cs}]{1,200}$/u, 'must be 1 to 200 characters')
  .optional()
  .meta({ description: 'A part of a name, an e-mail address or a number.' });
