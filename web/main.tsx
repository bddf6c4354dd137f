import { LogLevel, setLogLevel } from 'livekit-client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod/mini';

import { agentSlug, isEmbedded } from './agent-slug.ts';
import { AgentPage } from './components/agent-page.tsx';
import { CallPage } from './components/call-page.tsx';
import './styles/tokens.css';
import './styles/base.css';
import { createTokenServer } from './token-server.ts';

// The page's Content-Security-Policy forbids eval, and zod's attempt at it would be reported.
z.config({ jitless: true });
// The page says itself what is wrong; the library reports every channel that a hang-up closes.
setLogLevel(LogLevel.silent);

const slug = agentSlug(location.pathname);
// What only a page in a frame needs is no part of the others.
const Page = isEmbedded(location.pathname)
  ? (await import('./embedded/embedded-page.tsx')).embeddedCallPage(window, slug)
  : CallPage;

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <AgentPage slug={slug} tokenServer={createTokenServer()} page={Page} />
    </StrictMode>,
  );
}
