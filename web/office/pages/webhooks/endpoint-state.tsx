import { Badge } from '@mantine/core';
import type { ItemOf } from '../../api/route-types.ts';

export type Endpoint = ItemOf<'listWebhookEndpoints'>;

/** How an endpoint is, in a word. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const { enabled, switchedOffAt, failingSince } = endpoint;
  if (!enabled && switchedOffAt !== null) return <State color="red">Switched off: it failed</State>;
  if (!enabled) return <State color="gray">Switched off</State>;
  if (failingSince !== null) return <State color="orange">Failing</State>;
  return <State color="green">On</State>;
}

const WORDS = {
  pending: ['Waiting', 'blue'],
  delivered: ['Delivered', 'green'],
  failed: ['Failed', 'red'],
} as const;

/** What became of a delivery. */
export function DeliveryState({ state }: { state: keyof typeof WORDS }) {
  const [words, color] = WORDS[state];
  return <State color={color}>{words}</State>;
}

function State({ color, children }: { color: string; children: string }) {
  return (
    <Badge color={color} variant="dot" size="lg" tt="none" fw={500}>
      {children}
    </Badge>
  );
}
