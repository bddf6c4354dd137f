import { fileURLToPath } from 'node:url';
import { ServerOptions, cli } from '@livekit/agents';

// The peer: a worker as the framework's own quick start makes it, every option at its default.
cli.runApp(
  new ServerOptions({
    agent: fileURLToPath(new URL('job.ts', import.meta.url)),
    agentName: 'stock',
    port: Number(process.env['STOCK_PORT']),
  }),
);
