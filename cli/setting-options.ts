import { Option } from 'commander';
import { z } from 'zod';
import type { CalendarProvider } from '../calendar/provider.ts';
import { toNumber } from './option-values.ts';

/** What is read of a setting's JSON schema. */
const SettingSchema = z.object({
  description: z.string().optional(),
  placeholder: z.string().default('value'),
  type: z.string().optional(),
});

/**
 * An option for each setting that a provider asks its operator for: `baseUrl` becomes `--base-url`.
 * Providers that ask for a setting of one name share its option.
 */
export function settingOptions(providers: readonly CalendarProvider[]): Option[] {
  const options = new Map<string, Option>();
  for (const { name, settings } of providers) {
    const { properties = {} } = z.toJSONSchema(settings, { io: 'input' });
    for (const [key, property] of Object.entries(properties)) {
      const { description, placeholder, type } = SettingSchema.parse(property);
      if (description === undefined) continue;
      const words = `${name}: ${description}`;
      const known = options.get(key);
      if (known) known.description += `; ${words}`;
      else options.set(key, settingOption({ key, words, placeholder, type }));
    }
  }
  return [...options.values()];
}

function settingOption(setting: {
  key: string;
  words: string;
  placeholder: string;
  type: string | undefined;
}): Option {
  const { key, words, placeholder, type } = setting;
  const flag = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const option = new Option(`--${flag} <${placeholder}>`, words);
  return type === 'integer' || type === 'number' ? option.argParser(toNumber) : option;
}
