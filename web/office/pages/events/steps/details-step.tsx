import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { TimeZoneSelect } from '../../../components/time-zone-select.tsx';
import type { EventForm } from '../event-values.ts';

/** How it is called, where it takes place, and from when on. */
export function DetailsStep({ form }: { form: EventForm }) {
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        description="As callers hear it: short, and unlike the others"
        required
        maw={400}
        {...form.getInputProps('name')}
      />
      <TextInput
        label="Organizer’s e-mail address"
        description="Named as the organizer in the calendar file of a confirmation; on outbound calls {cal_email} takes its place"
        type="email"
        autoComplete="off"
        maw={400}
        {...form.getInputProps('organizerEmail')}
      />
      <Textarea
        label="Preparation"
        description="What callers have to know or to bring; said after a booking, and in its mails"
        autosize
        minRows={2}
        maxLength={500}
        maw={560}
        {...form.getInputProps('preparation')}
      />
      <Radio.Group
        label="Meeting link"
        description="Where the meeting takes place"
        {...form.getInputProps('meetingLink')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="provider" label="As the calendar has it" />
          <Radio value="google_meet" label="Google Meet" />
        </Stack>
      </Radio.Group>
      <TimeZoneSelect
        label="Time zone"
        description="In which times are offered; on outbound calls {cal_timezone} takes its place"
        placeholder="That of the calendar"
        clearable
        clearButtonProps={{ 'aria-label': 'Take that of the calendar' }}
        maw={400}
        {...form.getInputProps('timeZone')}
      />
      <TextInput
        label="First day"
        description="Nothing is suggested before it; empty: from today on"
        type="date"
        maw={240}
        {...form.getInputProps('initialBookingDate')}
      />
    </Stack>
  );
}
