import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';

interface MessageNoteProps {
  note: string;
  mayEdit: boolean;
  onSave: (note: string) => void;
}

/** What the people of the office noted on a message. */
export function MessageNote({ note, mayEdit, onSave }: MessageNoteProps) {
  const [written, setWritten] = useState<string | null>(null);
  if (written !== null) {
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
          <Button
            size="xs"
            onClick={() => {
              onSave(written);
              setWritten(null);
            }}
          >
            Save the note
          </Button>
          <Button size="xs" variant="default" onClick={() => setWritten(null)}>
            Leave it
          </Button>
        </Group>
      </Stack>
    );
  }
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
        <Button size="compact-sm" variant="subtle" onClick={() => setWritten(note)}>
          {note === '' ? 'Add a note' : 'Change the note'}
        </Button>
      )}
    </Group>
  );
}
