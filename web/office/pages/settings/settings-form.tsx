import { Button, Group, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { TimeZoneSelect } from '../../components/time-zone-select.tsx';
import { useOffice } from '../../office.ts';
import { COUNTS, DAYS } from './setting-words.ts';
import type { SettingWords } from './setting-words.ts';

type Organization = AnswerOf<'getOrganization'>;
type Values = Pick<Organization, 'name' | 'timeZone' | 'retention' | 'limits'>;

export function SettingsForm({ organization }: { organization: Organization }) {
  const { may, timeZone } = useOffice();
  const isReader = !may('organization:write');
  // The form stays as it was typed; what was read when it was begun is what an edit is made from.
  const [from, setFrom] = useState(organization);
  const edit = useChange('editOrganization');
  const form = useForm<Values>({ initialValues: valuesOf(organization) });
  const submit = form.onSubmit((body) =>
    edit.mutate(
      { body, from },
      {
        onError: ({ field, detail }) => field !== null && form.setFieldError(field, detail),
        onSuccess: (answer) => {
          setFrom(answer);
          form.setValues(valuesOf(answer));
          form.resetDirty(valuesOf(answer));
          sayDone('The settings are saved');
        },
      },
    ),
  );
  const isOutdated = edit.error?.code === 'changed_since';
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Section title="The organization">
          <TextInput
            label="Name"
            required
            readOnly={isReader}
            maw={400}
            {...form.getInputProps('name')}
          />
          <TimeZoneSelect
            label="Time zone"
            description="In which times are written in the office."
            placeholder={`That of the first calendar: ${timeZone}`}
            clearable={!isReader}
            clearButtonProps={{ 'aria-label': 'That of the first calendar' }}
            readOnly={isReader}
            maw={400}
            {...form.getInputProps('timeZone')}
          />
        </Section>
        <Section
          title="How long it is kept"
          words="Days after which what names people is forgotten, each night."
        >
          <Numbers of="retention" words={DAYS} form={form} isReader={isReader} />
        </Section>
        <Section title="Limits" words="How much of the lines callers may have.">
          <Numbers of="limits" words={COUNTS} form={form} isReader={isReader} />
        </Section>
        <ProblemNotice
          problem={edit.error}
          title="The settings are as they were"
          {...(isOutdated ? { retry: () => location.reload() } : {})}
        />
        {!isReader && (
          <Group>
            <Button type="submit" loading={edit.isPending} disabled={!form.isDirty()}>
              Save the settings
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function valuesOf({ name, timeZone, retention, limits }: Organization): Values {
  return { name, timeZone, retention, limits };
}

interface NumbersProps {
  of: 'retention' | 'limits';
  words: readonly SettingWords[];
  form: UseFormReturnType<Values>;
  isReader: boolean;
}

function Numbers({ of, words, form, isReader }: NumbersProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {words.map(({ name, label, description, unit, min, max }) => (
        <NumberInput
          key={name}
          label={label}
          description={description}
          suffix={unit === '' ? '' : ` ${unit}`}
          min={min}
          max={max}
          allowDecimal={false}
          required
          readOnly={isReader}
          {...form.getInputProps(`${of}.${name}`)}
        />
      ))}
    </SimpleGrid>
  );
}
