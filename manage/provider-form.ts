import { z } from 'zod';
import { missingClient, signsIn } from '../calendar/oauth/oauth-client.ts';
import type { CalendarProvider } from '../calendar/provider.ts';
import type { Providers } from '../calendar/providers.ts';
import { USUAL_LABEL } from './connection-wish.ts';

/** What is asked of an operator beside the key, read from the JSON schema of a provider's settings. */
export interface AskedSetting {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  title: string;
  description: string;
  /** Stands for the value where it is written out. */
  placeholder: string;
  /** As JSON schema names it, such as uri; null: any. */
  format: string | null;
  /** The only values; null: any. */
  enum: string[] | null;
  /** What it is unless it is given; null: nothing. */
  default: unknown;
}

/** What a form has to ask for in order to connect a calendar of a provider. */
export interface ProviderForm {
  provider: string;
  name: string;
  settings: { properties: Record<string, AskedSetting>; required: string[] };
  /** Null where it needs none. */
  credential: { label: string; origin: string | null } | null;
  /** Null where nobody signs in; `missing`: variables of our client that are not set, or null. */
  signIn: { missing: string | null } | null;
  /** Whether the operator says in which zone its times are: no account of it would. */
  asksTimeZone: boolean;
  /** Events in it have opening hours of their own. */
  asksHours: boolean;
  sendsWebhooks: boolean;
  /** Whether its event types can be listed; where they cannot, any slug is booked. */
  listsEventTypes: boolean;
}

const PropertySchema = z.object({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array']).catch('string'),
  title: z.string().optional(),
  description: z.string().optional(),
  placeholder: z.string().default('value'),
  format: z.string().nullable().default(null),
  enum: z.array(z.string()).nullable().default(null),
  default: z.unknown().default(null),
});

/** The settings that a provider asks its operator for: those that are described. */
export function askedSettings({ settings }: Pick<CalendarProvider, 'settings'>): {
  properties: Record<string, AskedSetting>;
  required: string[];
} {
  const { properties = {}, required = [] } = z.toJSONSchema(settings, {
    io: 'input',
    unrepresentable: 'any',
  });
  const asked = Object.entries(properties).flatMap(([key, property]) => {
    const { title = inWords(key), description, ...setting } = PropertySchema.parse(property);
    return description === undefined ? [] : [[key, { ...setting, title, description }] as const];
  });
  const keys = new Set(asked.map(([key]) => key));
  return {
    properties: Object.fromEntries(asked),
    required: required.filter((key) => keys.has(key)),
  };
}

/** A form for each provider, in their order: a new provider needs no page of its own. */
export function listProviderForms({ list, environment }: Providers): ProviderForm[] {
  return list.map((provider) => ({
    provider: provider.id,
    name: provider.name,
    settings: askedSettings(provider),
    credential: provider.credential && {
      label: provider.credential.label ?? USUAL_LABEL,
      origin: provider.credential.origin ?? null,
    },
    signIn: signsIn(provider) ? { missing: missingClient(provider, environment) } : null,
    asksTimeZone: provider.readAccount === undefined || provider.usesAvailability === true,
    asksHours: provider.usesAvailability === true,
    sendsWebhooks: provider.webhooks !== undefined,
    listsEventTypes: provider.listEventTypes !== undefined,
  }));
}

/** "calendarUrl" → "Calendar url" */
function inWords(key: string): string {
  const words = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
