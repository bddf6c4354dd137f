import { notifications } from '@mantine/notifications';

/** Tells in a corner of the window that something was done. */
export function sayDone(message: string): void {
  notifications.show({ message, color: 'green', withBorder: true });
}
