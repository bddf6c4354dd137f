import { useEffect, useState } from 'react';
import type { ComponentType } from 'react';

import { refusalFailure, type CallFailure } from '../call/call-failure.ts';
import type { AgentInfo, TokenServer } from '../token-server.ts';
import type { CallPageProps } from './call-page.tsx';
import { NoticePage } from './notice-page.tsx';

interface AgentPageProps {
  slug: string;
  tokenServer: TokenServer;
  /** What shows the call. */
  page: ComponentType<CallPageProps>;
}

/** Finds out who answers at this address, then shows the call, or says why there is none. */
export function AgentPage(props: AgentPageProps) {
  const [round, setRound] = useState(0);
  return <Inquiry key={round} {...props} onRetry={() => setRound(round + 1)} />;
}

/** One attempt at it. */
function Inquiry({
  slug,
  tokenServer,
  page: Page,
  onRetry,
}: AgentPageProps & { onRetry: () => void }) {
  const [agent, setAgent] = useState<AgentInfo | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);

  useEffect(() => {
    let current = true;
    async function ask(): Promise<void> {
      try {
        const info = await tokenServer.loadAgent(slug);
        if (!current) return;
        document.title = `${info.businessName} · Book by voice`;
        setAgent(info);
      } catch (error) {
        if (current) setFailure(refusalFailure(error));
      }
    }
    void ask();
    return () => {
      current = false;
    };
  }, [slug, tokenServer]);

  if (!agent) return <NoticePage failure={failure} onRetry={onRetry} />;
  return <Page agent={agent} tokenServer={tokenServer} />;
}
