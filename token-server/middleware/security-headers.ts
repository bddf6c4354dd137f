import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * helmet, with a content policy for our own page: its scripts and styles, its microphone, and
 * connections to LiveKit at the address that browsers are given.
 */
export function securityHeaders({
  livekitPublicUrl,
}: {
  livekitPublicUrl: string;
}): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          connectSrc: ["'self'", ...livekitSources(livekitPublicUrl)],
          imgSrc: ["'self'", 'data:'],
          mediaSrc: ["'self'", 'blob:', 'mediastream:'],
          workerSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          // No upgrade-insecure-requests: a page served by plain http in a local network would break.
        },
      },
      xFrameOptions: { action: 'deny' },
    }),
    (_request, response, next) => {
      response.setHeader(
        'Permissions-Policy',
        'camera=(), display-capture=(), geolocation=(), microphone=(self)',
      );
      next();
    },
  ];
}

/** livekit-client opens a WebSocket, and asks by http(s) why one failed. */
function livekitSources(publicUrl: string): string[] {
  const { protocol, host, hostname } = new URL(publicUrl);
  const secure = protocol === 'wss:' ? 's' : '';
  const hosts = [host];
  // LiveKit Cloud sends a client on to a region's own host name.
  if (hostname.endsWith('.livekit.cloud')) hosts.push('*.livekit.cloud');
  return hosts.flatMap((name) => [`ws${secure}://${name}`, `http${secure}://${name}`]);
}
