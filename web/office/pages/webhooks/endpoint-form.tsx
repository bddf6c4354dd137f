import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApiProblem } from '../../api/api-problem.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { EVENT_KINDS, EVENT_WORDS } from './event-words.ts';
import type { EventKind } from './event-words.ts';

export interface EndpointValues {
  url: string;
  description: string;
  events: EventKind[];
}

interface EndpointFormProps {
  initial: EndpointValues;
  /** The verb on its button. */
  submit: string;
  isBusy: boolean;
  problem: ApiProblem | null;
  /** @param onProblem for what the server refuses */
  onSubmit: (values: EndpointValues, onProblem: (problem: ApiProblem) => void) => void;
  onCancel: () => void;
}

/** Where an endpoint is and what it hears of. */
export function EndpointForm(props: EndpointFormProps) {
  const { initial, submit, isBusy, problem, onSubmit, onCancel } = props;
  const form = useForm<EndpointValues>({ initialValues: initial });
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        onSubmit(values, (refused) => void showAtField(form, refused)),
      )}
    >
      <Stack gap="md">
        <TextInput
          label="Address"
          description="Where your system takes events: an https:// address."
          placeholder="https://example.com/hooks/slotline"
          type="url"
          required
          data-autofocus
          {...form.getInputProps('url')}
        />
        <TextInput
          label="Description"
          description="For you: which system this is."
          maxLength={200}
          {...form.getInputProps('description')}
        />
        <Checkbox.Group label="What it hears of" required {...form.getInputProps('events')}>
          <Stack gap="xs" mt="xs">
            {EVENT_KINDS.map((kind) => (
              <Checkbox
                key={kind}
                value={kind}
                label={
                  <>
                    {EVENT_WORDS[kind]}{' '}
                    <Text span size="sm" c="dimmed" ff="monospace">
                      {kind}
                    </Text>
                  </>
                }
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <ProblemNotice problem={elsewhere(form, problem)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
