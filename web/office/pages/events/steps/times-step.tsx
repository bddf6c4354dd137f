import { Grid, NumberInput, Stack } from '@mantine/core';
import { useAnswer } from '../../../api/hooks.ts';
import type { EventForm } from '../event-values.ts';
import { OfferPreview } from '../offer-preview.tsx';
import { HoursFields } from './hours-fields.tsx';

/** How times are offered first; what a caller asks for beyond it is offered as well. */
export function TimesStep({ form, eventId }: { form: EventForm; eventId: string | null }) {
  const values = form.getValues();
  const calendar = useAnswer('getCalendar', {
    params: { calendarId: values.calendar ?? '' },
    enabled: values.calendar !== null,
  });
  const providers = useAnswer('listCalendarProviders');
  const provider = providers.data?.items.find((each) => each.provider === calendar.data?.provider);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="md">
          <NumberInput
            label="Days to offer"
            description="How many days the first suggestions come from"
            placeholder="14"
            min={1}
            max={365}
            allowDecimal={false}
            {...form.getInputProps('offeringDays')}
          />
          <NumberInput
            label="Times a day"
            description="How many of one day are suggested together"
            placeholder="As many as fit"
            min={1}
            max={20}
            allowDecimal={false}
            {...form.getInputProps('slotsPerDay')}
          />
          <NumberInput
            label="Hours between"
            description="How far apart the suggestions of one day are at least"
            placeholder="0"
            min={0}
            max={24}
            step={0.5}
            {...form.getInputProps('hoursBetweenSlots')}
          />
          {provider?.asksHours === true && <HoursFields form={form} />}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <OfferPreview values={values} eventId={eventId} />
      </Grid.Col>
    </Grid>
  );
}
