import { Option } from 'commander';
import type { CalendarProvider } from '../calendar/provider.ts';
import { askedSettings } from '../manage/provider-form.ts';
import { toNumber } from './option-values.ts';

/**
 * An option for each setting that a provider asks its operator for: `baseUrl` becomes `--base-url`.
 * Providers that ask for a setting of one name share its option.
 */
export function settingOptions(providers: readonly CalendarProvider[]): Option[] {
  const options = new Map<string, Option>();
  for (const provider of providers) {
    for (const [key, setting] of Object.entries(askedSettings(provider).properties)) {
      const words = `${provider.name}: ${setting.description}`;
      const known = options.get(key);
      if (known) known.description += `; ${words}`;
      else options.set(key, settingOption({ key, words, ...setting }));
    }
  }
  return [...options.values()];
}

function settingOption(setting: {
  key: string;
  words: string;
  placeholder: string;
  type: string;
}): Option {
  const { key, words, placeholder, type } = setting;
  const flag = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const option = new Option(`--${flag} <${placeholder}>`, words);
  return type === 'integer' || type === 'number' ? option.argParser(toNumber) : option;
}
