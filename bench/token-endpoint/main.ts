import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSampleEndpoint } from './livekit-sample.ts';

// LiveKit's sample as a process of its own, as ours is: neither shares a core with the load.
const {
  LIVEKIT_API_KEY: apiKey,
  LIVEKIT_API_SECRET: apiSecret,
  LIVEKIT_URL: serverUrl,
} = process.env;
if (!apiKey || !apiSecret || !serverUrl) {
  throw new Error('Set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.');
}
const server = createServer(createSampleEndpoint({ apiKey, apiSecret, serverUrl }));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ msg: 'ready', url: `http://127.0.0.1:${port}` })}\n`);
});
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
