import express from 'express';
import type { Express } from 'express';
import { AccessToken, RoomConfiguration } from 'livekit-server-sdk';

export interface SampleOptions {
  apiKey: string;
  apiSecret: string;
  serverUrl: string;
}

interface SampleBody {
  room_name?: string;
  participant_identity?: string;
  participant_name?: string;
  participant_metadata?: string;
  participant_attributes?: Record<string, string>;
  room_config?: ConstructorParameters<typeof RoomConfiguration>[0];
}

/**
 * The peer: an endpoint that does what LiveKit's documentation shows for Node and no more
 * (https://docs.livekit.io/frontends/build/authentication/endpoint/). It takes room, identity,
 * metadata and room configuration from the client as they are; it looks nothing up, limits and logs
 * nothing.
 */
export function createSampleEndpoint({ apiKey, apiSecret, serverUrl }: SampleOptions): Express {
  const app = express();
  app.use(express.json());
  app.post('/api/token', async (request, response) => {
    const body = request.body as SampleBody;
    const unique = Date.now();
    const room = body.room_name ?? `room-${unique}`;
    const token = new AccessToken(apiKey, apiSecret, {
      identity: body.participant_identity ?? `user-${unique}`,
      name: body.participant_name ?? 'User',
      metadata: body.participant_metadata ?? '',
      attributes: body.participant_attributes ?? {},
      ttl: '10m',
    });
    token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
    if (body.room_config) token.roomConfig = new RoomConfiguration(body.room_config);
    response.status(201).json({ server_url: serverUrl, participant_token: await token.toJwt() });
  });
  return app;
}
