import { NumberInput, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../../api/hooks.ts';
import type { AnswerOf } from '../../../api/route-types.ts';
import { Answered } from '../../../components/answered.tsx';
import type { EventForm } from '../event-values.ts';

type EventType = NonNullable<AnswerOf<'listEventTypes'>['items']>[number];

/** Which kind of appointment of the calendar it is. */
export function TypeStep({ form }: { form: EventForm }) {
  const calendarId = form.getValues().calendar ?? '';
  const types = useAnswer('listEventTypes', { params: { calendarId }, enabled: calendarId !== '' });
  return (
    <Answered of={types}>
      {({ items }) =>
        items ? <Choose form={form} types={items} /> : <AnySlug form={form} isNew={false} />
      }
    </Answered>
  );
}

/** No event type has it: a slug has no space. */
const ANOTHER = 'another one';

function Choose({ form, types }: { form: EventForm; types: EventType[] }) {
  const { eventType, name, durationMinutes } = form.getValues();
  const known = types.find(({ slug }) => slug === eventType);
  const [isAnother, setAnother] = useState(!known && eventType !== '');
  const choose = (slug: string): void => {
    setAnother(slug === ANOTHER);
    const chosen = types.find((each) => each.slug === slug);
    form.setValues({
      eventType: chosen?.slug ?? '',
      durationMinutes: chosen?.durations[0] ?? '',
      name: name.trim() === '' ? (chosen?.title ?? '') : name,
    });
  };
  return (
    <Stack gap="md">
      <Radio.Group
        label="What do callers book?"
        description="The event types of the account, as its own booking page has them"
        value={isAnother ? ANOTHER : eventType}
        onChange={choose}
        error={isAnother ? null : form.errors['eventType']}
      >
        <Stack gap="sm" mt="sm">
          {types.map((type) => (
            <Radio
              key={type.slug}
              value={type.slug}
              disabled={type.fault !== null}
              label={type.title}
              description={type.fault ?? `${type.durations.join(', ')} min · ${type.slug}`}
            />
          ))}
          <Radio
            value={ANOTHER}
            label="A new one"
            description="It is made in the account when you save"
          />
        </Stack>
      </Radio.Group>
      {known && known.durations.length > 1 && (
        <Select
          label="How long"
          data={known.durations.map((minutes) => ({
            value: String(minutes),
            label: `${minutes} minutes`,
          }))}
          allowDeselect={false}
          maw={240}
          value={durationMinutes === '' ? null : String(durationMinutes)}
          onChange={(minutes) => form.setFieldValue('durationMinutes', Number(minutes))}
          error={form.errors['durationMinutes']}
        />
      )}
      {isAnother && <AnySlug form={form} isNew />}
    </Stack>
  );
}

/** A slug that is typed, and how long such an appointment is. */
function AnySlug({ form, isNew }: { form: EventForm; isNew: boolean }) {
  return (
    <Stack gap="md">
      <TextInput
        label="Its short name"
        description={
          isNew
            ? 'As it stands in the address of its booking page, such as consultation'
            : 'This calendar books anything: choose a word without spaces, such as consultation'
        }
        required
        maw={400}
        {...form.getInputProps('eventType')}
      />
      <NumberInput
        label="Minutes"
        description="How long one appointment is; 30 unless you say otherwise"
        min={5}
        max={480}
        allowDecimal={false}
        maw={240}
        {...form.getInputProps('durationMinutes')}
      />
    </Stack>
  );
}
