import { Accordion, PasswordInput, Stack } from '@mantine/core';
import { TimeZoneSelect } from '../../components/time-zone-select.tsx';
import type { ConnectionForm } from './connection-form.ts';
import { ProviderFields } from './provider-fields.tsx';
import type { ProviderForm } from './provider-fields.tsx';

interface ConnectionFieldsProps {
  provider: ProviderForm;
  form: ConnectionForm;
  /** There is a key already, which an empty field keeps. */
  hasKey?: boolean;
}

/** What a provider wants to know, beside the name. */
export function ConnectionFields({ provider, form, hasKey = false }: ConnectionFieldsProps) {
  const { credential, asksTimeZone, settings } = provider;
  const inputProps = (path: string): object => form.getInputProps(path);
  const hasMore = Object.keys(settings.properties).some((key) => !settings.required.includes(key));
  return (
    <Stack gap="md">
      <ProviderFields form={provider} inputProps={inputProps} which="required" />
      {credential && (
        <PasswordInput
          label={credential.label}
          description={
            hasKey ? 'Leave it empty to keep the one that is stored.' : (credential.origin ?? null)
          }
          required={!hasKey}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': `Show the ${credential.label}` }}
          {...form.getInputProps('key')}
        />
      )}
      {asksTimeZone && (
        <TimeZoneSelect
          label="Time zone"
          description="In which its working hours are"
          required
          {...form.getInputProps('timeZone')}
        />
      )}
      {hasMore && (
        <Accordion variant="default">
          <Accordion.Item value="more">
            <Accordion.Control>More settings</Accordion.Control>
            <Accordion.Panel>
              <ProviderFields form={provider} inputProps={inputProps} which="optional" />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Stack>
  );
}
