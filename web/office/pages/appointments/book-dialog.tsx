import {
  Button,
  Group,
  Modal,
  NativeSelect,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { ApiProblem } from '../../api/api-problem.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { TimeChoice } from './time-choice.tsx';
import type { FreeTimes } from './time-choice.tsx';

interface BookDialogProps {
  onBooked: (id: string) => void;
  onClose: () => void;
}

/** Books an appointment by hand, at a time that the event's calendar offers. */
export function BookDialog({ onBooked, onClose }: BookDialogProps) {
  const events = useAnswer('listBookingEvents', { query: { limit: '200' } });
  return (
    <Modal opened onClose={onClose} title="Book by hand" size="lg">
      <Answered of={events}>
        {({ items }) => {
          const bookable = items.filter(({ enabled, calendar }) => enabled && calendar !== null);
          return bookable.length === 0 ? (
            <EmptyState icon="events" title="There is nothing to book">
              Make a booking event first: it says what can be booked, and in which calendar.
            </EmptyState>
          ) : (
            <BookForm events={bookable} onBooked={onBooked} onClose={onClose} />
          );
        }}
      </Answered>
    </Modal>
  );
}

function BookForm({
  events,
  onBooked,
  onClose,
}: BookDialogProps & { events: ItemOf<'listBookingEvents'>[] }) {
  const [eventId, setEventId] = useState(events[0]?.id ?? '');
  const [from, setFrom] = useState<string | null>(null);
  const [start, setStart] = useState<string | null>(null);
  const [named, setNamed] = useState<string | null>(null);
  const hosts = events.find(({ id }) => id === eventId)?.hosts.map(({ name }) => name) ?? [];
  const host = hosts.find((name) => name === named) ?? hosts[0] ?? null;
  const form = useForm({
    initialValues: { name: '', email: '', phone: '', notes: '', answers: NO_ANSWERS },
  });
  const times = useAnswer('listFreeTimes', {
    params: { eventId },
    query: from === null ? {} : { from },
  });
  const book = useChange('createAppointment');
  const submit = ({ name, email, phone, notes, answers }: typeof form.values): void => {
    if (start === null) return;
    const attendee = { name, email: email || null, phone: phone || null };
    const given = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer));
    book.mutate(
      { body: { eventId, start, host, attendee, notes, answers: given } },
      {
        onSuccess: ({ id, state }) => {
          if (state !== 'unconfirmed') sayDone('The appointment is booked');
          onBooked(id);
        },
        onError: (problem) => showAtFields(form, problem),
      },
    );
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <NativeSelect
          label="What"
          data={events.map(({ id, name }) => ({ value: id, label: name }))}
          value={eventId}
          onChange={({ currentTarget }) => {
            setEventId(currentTarget.value);
            setStart(null);
          }}
        />
        {host !== null && (
          <NativeSelect
            label="With"
            data={hosts}
            value={host}
            onChange={({ currentTarget }) => {
              setNamed(currentTarget.value);
              setStart(null);
            }}
          />
        )}
        <TimeChoice
          times={times}
          host={host}
          value={start}
          onChoose={setStart}
          from={from}
          onFrom={setFrom}
        />
        <TextInput label="Name" required maxLength={100} {...form.getInputProps('name')} />
        <TextInput
          label="E-mail address"
          type="email"
          required={times.data?.needs.includes('email') ?? false}
          {...form.getInputProps('email')}
        />
        <TextInput
          label="Phone"
          description="With the country code, such as +1 202 555 0123."
          type="tel"
          required={times.data?.needs.includes('phone') ?? false}
          {...form.getInputProps('phone')}
        />
        {times.data?.questions.map((question) => (
          <Question
            key={question.key}
            of={question}
            {...form.getInputProps(`answers.${question.key}`)}
          />
        ))}
        <Textarea label="Notes" autosize maxLength={500} {...form.getInputProps('notes')} />
        <ProblemNotice
          problem={isAtField(form.values, book.error) ? null : book.error}
          title="Nothing was booked"
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={book.isPending} disabled={start === null}>
            Book it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** By the key of each question. */
const NO_ANSWERS: Record<string, string> = {};

/** Something that the calendar asks of an attendee beside. */
function Question({
  of: { label, required, options },
  ...input
}: { of: FreeTimes['questions'][number] } & ReturnType<
  ReturnType<typeof useForm>['getInputProps']
>) {
  if (options === null) {
    return <TextInput label={label} required={required} maxLength={500} {...input} />;
  }
  return <Select label={label} required={required} data={options} {...input} />;
}

/** A problem's field, as the form calls it. */
function fieldOf(problem: ApiProblem | null): string | null {
  return problem?.field?.replace(/^attendee\./, '') ?? null;
}

function isAtField(values: object, problem: ApiProblem | null): boolean {
  const field = fieldOf(problem);
  return field !== null && (Object.hasOwn(values, field) || field.startsWith('answers.'));
}

function showAtFields(
  form: { values: object; setFieldError: (field: string, error: string) => void },
  problem: ApiProblem,
): void {
  const field = fieldOf(problem);
  if (field !== null && isAtField(form.values, problem)) form.setFieldError(field, problem.detail);
}
