/** The agent that `/` opens. */
const DEFAULT_AGENT = 'front-desk';

/**
 * The agent a path opens: `/a/<slug>` and `/embed/<slug>` that one, anything else the front desk.
 */
export function agentSlug(pathname: string): string {
  const segment = /^\/(?:a|embed)\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (!segment) return DEFAULT_AGENT;
  try {
    return decodeURIComponent(segment);
  } catch {
    // A broken escape names no agent: pass it on as it stands and let the server say 404.
    return segment;
  }
}

/** Whether the page stands in a frame of somebody's site. */
export function isEmbedded(pathname: string): boolean {
  return pathname.startsWith('/embed/');
}
