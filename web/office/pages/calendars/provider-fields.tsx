import { NumberInput, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import type { AnswerOf } from '../../api/route-types.ts';

export type ProviderForm = AnswerOf<'listCalendarProviders'>['items'][number];
type Setting = ProviderForm['settings']['properties'][string];

/** What a form holds of a setting. */
export type SettingValue = string | number | boolean | string[] | null;
export type Settings = Record<string, SettingValue>;

/** What a form begins with: what is stored, else what counts where nothing is said. */
export function settingsOf(
  { settings: { properties } }: ProviderForm,
  stored: Record<string, unknown> = {},
): Settings {
  return Object.fromEntries(
    Object.entries(properties).map(([key, setting]) => [
      key,
      (stored[key] ?? setting.default ?? emptyOf(setting)) as SettingValue,
    ]),
  );
}

function emptyOf({ type, enum: choices }: Setting): SettingValue {
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  return choices ? null : '';
}

/**
 * The settings as the API takes them.
 * @param isEdit what was emptied is taken away; of a new connection it is not named
 */
export function settingsToSend(settings: Settings, isEdit: boolean): Settings {
  const given = Object.entries(settings).map(([key, value]) => [key, value === '' ? null : value]);
  return Object.fromEntries(
    isEdit ? given : given.filter(([, value]) => value !== null),
  ) as Settings;
}

interface ProviderFieldsProps {
  form: ProviderForm;
  /** Mantine's, of a form that has the settings under `settings`. */
  inputProps: (path: string) => object;
  /** Those that must be filled in, or the others. */
  which: 'required' | 'optional';
}

/** A field for each setting of a provider, by the schema that the server sends: none is known here. */
export function ProviderFields({ form, inputProps, which }: ProviderFieldsProps) {
  const { properties, required } = form.settings;
  const shown = Object.entries(properties).filter(
    ([key]) => required.includes(key) === (which === 'required'),
  );
  if (shown.length === 0) return null;
  return (
    <Stack gap="md">
      {shown.map(([key, setting]) => (
        <SettingField
          key={key}
          setting={setting}
          isRequired={which === 'required'}
          input={inputProps(`settings.${key}`)}
        />
      ))}
    </Stack>
  );
}

interface SettingFieldProps {
  setting: Setting;
  isRequired: boolean;
  input: object;
}

function SettingField({ setting, isRequired, input }: SettingFieldProps) {
  const { type, title, format, enum: choices } = setting;
  const description = setting.description.charAt(0).toUpperCase() + setting.description.slice(1);
  const common = { label: title, description, required: isRequired, ...input };
  switch (type) {
    case 'boolean': {
      const { value, ...rest } = common as typeof common & { value?: unknown };
      return <Switch {...rest} checked={value === true} />;
    }
    case 'integer':
      return <NumberInput {...common} allowDecimal={false} hideControls />;
    case 'number':
      return <NumberInput {...common} hideControls />;
    case 'array':
      return <TagsInput {...common} />;
    case 'string':
      if (choices) return <Select {...common} data={choices} clearable={!isRequired} />;
      return (
        <TextInput
          {...common}
          type={format === 'uri' ? 'url' : format === 'email' ? 'email' : 'text'}
          autoComplete="off"
        />
      );
  }
}
