import { Button, Group, Paper, Stack, Stepper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ApiProblem } from '../../api/api-problem.ts';
import { useChange } from '../../api/hooks.ts';
import { useAsOpened } from '../../components/as-opened.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { fieldOf, hostsOf, STEPS, stepOf, toBody, useEventForm } from './event-values.ts';
import type { BookingEvent, EventForm } from './event-values.ts';
import { hoursOf, toAvailability } from './hours-values.ts';
import { AgentStep } from './steps/agent-step.tsx';
import { CalendarStep } from './steps/calendar-step.tsx';
import { DetailsStep } from './steps/details-step.tsx';
import { TimesStep } from './steps/times-step.tsx';
import { TypeStep } from './steps/type-step.tsx';

const LAST = STEPS.length - 1;

/** The form of a booking event, a step at a time. */
export function EventFormSteps({ event: shown }: { event: BookingEvent | null }) {
  const event = useAsOpened(shown);
  const form = useEventForm(event);
  const [step, setStep] = useState(0);
  const save = useSave(form, event, setStep);
  // Whoever changes an event goes straight to what they came for.
  const isFree = event !== null;
  const goTo = (to: number): void => {
    const { errors } = form.validate();
    const wrong = Object.keys(errors)
      .map((field) => stepOf(field) ?? LAST)
      .filter((at) => at < to);
    if (wrong.length > 0) setStep(Math.min(...wrong));
    else {
      if (to < LAST) form.clearErrors();
      setStep(to);
    }
  };
  const submit = (): void => {
    if (step < LAST && !isFree) goTo(step + 1);
    else save.submit();
  };
  return (
    <form
      onSubmit={(typed) => {
        typed.preventDefault();
        submit();
      }}
      noValidate
    >
      <Stack gap="lg">
        <Stepper active={step} onStepClick={goTo} size="sm" visibleFrom="sm">
          {STEPS.map((words, index) => (
            <Stepper.Step
              key={words}
              label={words}
              allowStepSelect={isFree || index <= step}
              aria-current={index === step ? 'step' : undefined}
            />
          ))}
        </Stepper>
        <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={STEPS[step]}>
          <Stack gap="md">
            <div>
              <Text size="sm" c="dimmed">{`Step ${step + 1} of ${STEPS.length}`}</Text>
              <Title order={2} fz="lg">
                {STEPS[step]}
              </Title>
            </div>
            <StepFields step={step} form={form} eventId={event?.id ?? null} />
          </Stack>
        </Paper>
        <ProblemNotice problem={save.problem} title="It is not saved" />
        <Group justify="space-between" gap="xs">
          <Button variant="default" onClick={() => setStep(step - 1)} disabled={step === 0}>
            Back
          </Button>
          <Group gap="xs">
            {isFree && step < LAST && (
              <Button variant="default" onClick={() => goTo(step + 1)}>
                Next
              </Button>
            )}
            {(isFree || step === LAST) && (
              <Button type="submit" loading={save.isPending}>
                Save
              </Button>
            )}
            {!isFree && step < LAST && <Button type="submit">Next</Button>}
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

interface StepFieldsProps {
  step: number;
  form: EventForm;
  eventId: string | null;
}

function StepFields({ step, form, eventId }: StepFieldsProps) {
  switch (step) {
    case 0:
      return <CalendarStep form={form} />;
    case 1:
      return <TypeStep form={form} />;
    case 2:
      return <DetailsStep form={form} />;
    case 3:
      return <TimesStep form={form} eventId={eventId} />;
    default:
      return <AgentStep form={form} />;
  }
}

/** Saves it; a problem is shown at the field that it names, whose step is opened. */
function useSave(form: EventForm, event: BookingEvent | null, setStep: (step: number) => void) {
  const navigate = useNavigate();
  const create = useChange('createBookingEvent');
  const edit = useChange('editBookingEvent');
  const onError = ({ field: named, detail }: ApiProblem): void => {
    const [field, step] = [fieldOf(named), stepOf(named)];
    if (field === null || step === null) return;
    form.setFieldError(field, detail);
    setStep(step);
  };
  const onSaved = ({ name }: { name: string }): void => {
    sayDone(`“${name}” is saved.`);
    void navigate('/office/events');
  };
  const submit = (): void => {
    const { hasErrors, errors } = form.validate();
    if (hasErrors) {
      setStep(Math.min(...Object.keys(errors).map((field) => stepOf(field) ?? LAST)));
      return;
    }
    const body = toBody(form.getValues());
    const done = { onError, onSuccess: onSaved };
    if (event === null) create.mutate({ body }, done);
    else
      edit.mutate(
        { params: { eventId: event.id }, from: event, body: changedOf(event, body) },
        done,
      );
  };
  const problem = create.error ?? edit.error;
  return {
    submit,
    isPending: create.isPending || edit.isPending,
    problem: problem !== null && stepOf(problem.field) === null ? problem : null,
  };
}

/** What differs: the provider is asked only where the event is booked otherwise. */
function changedOf(event: BookingEvent, body: ReturnType<typeof toBody>) {
  const { availability: hours, ...rest } = body;
  const before: Record<string, unknown> = {
    ...event,
    calendar: event.calendarId,
    hosts: hostsOf(event),
  };
  const changed = Object.entries(rest).filter(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
  const stored = hoursOf(event.availability);
  const asStored = stored === null ? undefined : toAvailability(stored);
  const hasNewHours = JSON.stringify(hours) !== JSON.stringify(asStored);
  return {
    ...Object.fromEntries(changed),
    ...(hasNewHours ? { availability: hours ?? null } : {}),
  };
}
