import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { useAsOpened } from '../../components/as-opened.ts';

interface MessageNoteProps {
  messageId: string;
  note: string;
  mayEdit: boolean;
  onSave: (note: string, edit: { from: AnswerOf<'getMessage'>; onSaved: () => void }) => void;
}

/** What the people of the office noted on a message. */
export function MessageNote({ messageId, note, mayEdit, onSave }: MessageNoteProps) {
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  if (isOpen) return <EditNote messageId={messageId} onSave={onSave} onClose={close} />;
  if (note === '' && !mayEdit) return null;
  return (
    <Group gap="xs" align="flex-start">
      {note !== '' && (
        <Text
          size="sm"
          style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}
        >{`Note: ${note}`}</Text>
      )}
      {mayEdit && (
        <Button size="compact-sm" variant="subtle" onClick={() => setIsOpen(true)}>
          {note === '' ? 'Add a note' : 'Change the note'}
        </Button>
      )}
    </Group>
  );
}

interface EditProps extends Pick<MessageNoteProps, 'onSave'> {
  onClose: () => void;
}

function EditNote({ messageId, ...rest }: EditProps & { messageId: string }) {
  const current = useAnswer('getMessage', { params: { messageId } });
  return <Answered of={current}>{(message) => <NoteForm message={message} {...rest} />}</Answered>;
}

function NoteForm({ message, onSave, onClose }: EditProps & { message: AnswerOf<'getMessage'> }) {
  const from = useAsOpened(message);
  const [written, setWritten] = useState(from.note);
  return (
    <Stack gap="xs">
      <Textarea
        label="Note"
        description="For your colleagues; the caller does not see it."
        autosize
        maxLength={2_000}
        value={written}
        onChange={({ currentTarget }) => setWritten(currentTarget.value)}
        data-autofocus
      />
      <Group gap="xs">
        <Button size="xs" onClick={() => onSave(written, { from, onSaved: onClose })}>
          Save the note
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Leave it
        </Button>
      </Group>
    </Stack>
  );
}
