import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { DraftEditor } from './agent-form.ts';
import { CallsSection } from './calls-section.tsx';
import classes from './draft-form.module.css';
import { KnowledgeSection } from './knowledge-section.tsx';
import { SpeechSection } from './speech-section.tsx';

/** Everything of a draft, in sections. */
export function DraftForm({ editor, isReadOnly }: { editor: DraftEditor; isReadOnly: boolean }) {
  const { form, isDirty, isSaving, problem, isBehind } = editor;
  return (
    <form
      noValidate
      aria-label="Draft"
      onSubmit={(event) => {
        event.preventDefault();
        void editor.save();
      }}
    >
      <fieldset disabled={isReadOnly} className={classes['fields'] ?? ''}>
        <Stack gap="lg">
          <SpeechSection form={form} />
          <KnowledgeSection form={form} />
          <CallsSection form={form} />
        </Stack>
      </fieldset>
      {isBehind ? (
        <Alert
          mt="md"
          role="alert"
          color="yellow"
          title="Somebody else changed the draft meanwhile"
        >
          <Stack gap="xs" align="flex-start">
            <Text size="sm">Nothing of yours is lost: take in theirs, then save again.</Text>
            <Button size="xs" variant="default" onClick={() => void editor.catchUp()}>
              Take in their changes
            </Button>
          </Stack>
        </Alert>
      ) : (
        <ProblemNotice problem={problem} />
      )}
      {!isReadOnly && isDirty && (
        <Group className={classes['bar'] ?? ''} justify="flex-end" p="sm" mt="md">
          <Button variant="default" onClick={() => editor.show(editor.base)}>
            Undo my changes
          </Button>
          <Button type="submit" loading={isSaving}>
            Save the draft
          </Button>
        </Group>
      )}
    </form>
  );
}
