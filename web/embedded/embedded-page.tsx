import { useEffect } from 'react';

import { useCall } from '../call/use-call.ts';
import { CallDisplay } from '../components/call-page.tsx';
import type { CallPageProps } from '../components/call-page.tsx';
import { connectHost } from './host-page.ts';

/** The page of a call in a frame of somebody's site, which hears at once that it is there. */
export function embeddedCallPage(window: Window, slug: string) {
  const host = connectHost(window, slug);
  return function EmbeddedCallPage({ agent, tokenServer }: CallPageProps) {
    const { call, snapshot } = useCall(agent.slug, tokenServer);
    useEffect(() => host?.follow(call, snapshot), [call, snapshot]);
    return <CallDisplay agent={agent} call={call} snapshot={snapshot} />;
  };
}
