import { Button, CopyButton, Group, Stack, Textarea } from '@mantine/core';
import { Icon } from './icon.tsx';

/** A secret that is shown this once, to be copied. */
export function ShownOnce({ name, value }: { name: string; value: string }) {
  return (
    <Stack gap="xs">
      <Textarea
        label={name}
        value={value}
        readOnly
        rows={Math.max(2, value.split('\n').length)}
        ff="monospace"
        onFocus={(event) => event.currentTarget.select()}
      />
      {/* A page that came by plain http has no clipboard: there it is marked, and copied by hand. */}
      {isSecureContext && (
        <Group>
          <CopyButton value={value} timeout={3_000}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                onClick={copy}
                leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />}
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Group>
      )}
    </Stack>
  );
}
