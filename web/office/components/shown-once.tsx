import { Stack, Textarea } from '@mantine/core';
import { Copy } from './text-to-copy.tsx';

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
      <Copy value={value} size="xs" />
    </Stack>
  );
}
