import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApiProblem } from '../../api/api-problem.ts';
import { useChange } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';

interface RenameDialogProps {
  calendar: AnswerOf<'getCalendar'>;
  onClose: () => void;
}

/** Gives a calendar another name; nothing else of it changes. */
export function RenameDialog({ calendar, onClose }: RenameDialogProps) {
  const edit = useChange('editCalendar');
  const form = useForm({ initialValues: { name: calendar.name } });
  const save = form.onSubmit(({ name }) =>
    edit.mutate(
      { params: { calendarId: calendar.id }, from: calendar, body: { name } },
      {
        onSuccess: (renamed) => {
          sayDone(`It is called “${renamed.name}” now.`);
          onClose();
        },
        onError: (refused: ApiProblem) => void showAtField(form, refused),
      },
    ),
  );
  return (
    <Modal opened onClose={onClose} title={`Rename “${calendar.name}”`} centered>
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <TextInput
            label="Name"
            description="What you and the command line call it; callers hear the names of events."
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <ProblemNotice problem={elsewhere(form, edit.error)} title="Its name is as it was" />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={edit.isPending}>
              Rename
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
