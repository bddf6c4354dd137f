import { Badge } from '@mantine/core';

export function ConnectedBadge({ isConnected }: { isConnected: boolean }) {
  return (
    <Badge color={isConnected ? 'teal' : 'red'} variant="dot">
      {isConnected ? 'Connected' : 'Disconnected'}
    </Badge>
  );
}
