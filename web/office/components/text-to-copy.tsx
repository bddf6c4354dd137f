import { Button, CopyButton, Group, Stack, Textarea } from '@mantine/core';
import type { TextareaProps } from '@mantine/core';
import { Icon } from './icon.tsx';

type TextToCopyProps = Pick<TextareaProps, 'label' | 'description'> & { value: string };

/** Something written that is taken elsewhere. */
export function TextToCopy({ value, ...words }: TextToCopyProps) {
  return (
    <Stack gap={6}>
      <Textarea
        {...words}
        value={value}
        readOnly
        autosize
        ff="monospace"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Copy value={value} size="compact-sm" />
    </Stack>
  );
}

/** A page that came by plain http has no clipboard: there it is marked, and copied by hand. */
export function Copy({ value, size }: { value: string; size: string }) {
  if (!isSecureContext) return null;
  return (
    <Group>
      <CopyButton value={value} timeout={3_000}>
        {({ copied, copy }) => (
          <Button
            size={size}
            variant="default"
            onClick={copy}
            leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
