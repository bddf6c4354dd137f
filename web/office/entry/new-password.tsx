import { PasswordInput } from '@mantine/core';
import type { ComponentProps } from 'react';

/** A field for a password that is made here. */
export function NewPassword(props: ComponentProps<typeof PasswordInput>) {
  return (
    <PasswordInput
      label="Password"
      description="10 characters or more; a few words that nobody else would put together are good."
      autoComplete="new-password"
      required
      {...props}
    />
  );
}
