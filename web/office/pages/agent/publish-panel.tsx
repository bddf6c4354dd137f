import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useChange } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Instant } from '../../components/instant.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import type { DraftEditor } from './agent-form.ts';
import { ChangesList } from './changes-list.tsx';

/** What callers meet, what is drafted, and how the one becomes the other. */
export function PublishPanel({ slug, editor }: { slug: string; editor: DraftEditor }) {
  const { may } = useOffice();
  const publish = useChange('publishAgent');
  const discard = useChange('discardAgentDraft');
  const [isDiscarding, dialog] = useDisclosure(false);
  const { base, isDirty } = editor;
  const { changes, published, editedAt, editedBy } = base;
  const asked = { params: { slug }, from: base };
  async function publishAll(): Promise<void> {
    if (!(await editor.save())) return;
    publish.mutate(
      { params: { slug }, from: editor.latest() },
      {
        onSuccess: (draft) => {
          editor.show(draft);
          sayDone('Published: callers meet it from their next call on.');
        },
      },
    );
  }
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} aria-label="Publishing">
      <Stack gap="sm">
        <Title order={2} fz="lg">
          {changes.length > 0 || isDirty ? 'Not published yet' : 'Published'}
        </Title>
        {published && (
          <Text size="sm" c="dimmed">
            Callers meet version {published.number}, published{' '}
            <Instant at={published.publishedAt} />
            {published.publishedBy === null ? '' : ` by ${published.publishedBy}`}.
          </Text>
        )}
        {editedAt !== null && (
          <Text size="sm" c="dimmed">
            Drafted <Instant at={editedAt} /> by {editedBy}.
          </Text>
        )}
        {changes.length > 0 && <ChangesList changes={changes} />}
        {isDirty && <Text size="sm">What you changed in the form is not saved yet.</Text>}
        <ProblemNotice problem={publish.error} />
        {may('agents:write') && (changes.length > 0 || isDirty) && (
          <Group gap="xs">
            <Button loading={publish.isPending} onClick={() => void publishAll()}>
              {isDirty ? 'Save and publish' : 'Publish'}
            </Button>
            {changes.length > 0 && (
              <Button variant="default" onClick={dialog.open}>
                Discard the draft
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <ConfirmDialog
        isOpen={isDiscarding}
        title="Discard the draft?"
        confirm="Discard"
        isDangerous
        isBusy={discard.isPending}
        problem={discard.error}
        onClose={dialog.close}
        onConfirm={() =>
          discard.mutate(asked, {
            onSuccess: (draft) => {
              editor.show(draft);
              dialog.close();
            },
          })
        }
      >
        Everything that is not published is forgotten, for everybody who works on it.
      </ConfirmDialog>
    </Paper>
  );
}
