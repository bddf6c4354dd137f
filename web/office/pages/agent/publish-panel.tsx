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
import { PublishAnyway } from './scenarios/publish-anyway.tsx';
import type { Scenarios } from './scenarios/use-scenarios.ts';

interface PublishPanelProps {
  slug: string;
  editor: DraftEditor;
  scenarios: Scenarios;
}

/** What callers meet, what is drafted, and how the one becomes the other. */
export function PublishPanel({ slug, editor, scenarios }: PublishPanelProps) {
  const { may } = useOffice();
  const publish = useChange('publishAgent');
  const discard = useChange('discardAgentDraft');
  const [isDiscarding, dialog] = useDisclosure(false);
  const { base, isDirty } = editor;
  const { changes, published, editedAt, editedBy } = base;
  const asked = { params: { slug }, from: base };
  const { required, lacking } = scenarios;
  // What is not saved was not played.
  const isProved = required.length === 0 || (lacking.length === 0 && !isDirty);
  async function publishAll(overrideReason?: string): Promise<boolean> {
    if (!(await editor.save())) return false;
    const body = overrideReason === undefined ? {} : { overrideReason };
    try {
      editor.show(await publish.mutateAsync({ params: { slug }, body, from: editor.latest() }));
    } catch {
      return false;
    }
    sayDone('Published: callers meet it from their next call on.');
    return true;
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
        {!isProved && (changes.length > 0 || isDirty) && (
          <Text size="sm">
            {isDirty || lacking.length === required.length
              ? 'Its scenarios must pass with this draft before it is published.'
              : `${lacking.length} of its ${required.length} scenarios must still pass with this draft.`}
          </Text>
        )}
        {isProved && <ProblemNotice problem={publish.error} />}
        {may('agents:write') && (changes.length > 0 || isDirty) && (
          <Group gap="xs">
            {isProved && (
              <Button loading={publish.isPending} onClick={() => void publishAll()}>
                {isDirty ? 'Save and publish' : 'Publish'}
              </Button>
            )}
            {!isProved && may('agents:gate') && (
              <PublishAnyway
                isBusy={publish.isPending}
                problem={publish.error}
                onConfirm={publishAll}
              />
            )}
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
