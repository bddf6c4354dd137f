import type { AssistantPlatform } from '../platform.ts';
import { readMessage } from './read-message.ts';
import { readOperation } from './read-operation.ts';
import { VAPI_SETUP } from './setup.ts';

/**
 * Vapi's server messages, by the docs (server-url, tools) and the SDK of 2026. An answer that is not 200
 * is ignored there, and the model then knows of no result.
 */
export const VAPI: AssistantPlatform = {
  id: 'vapi',
  name: 'Vapi',
  authentication: { kind: 'token', header: 'x-vapi-secret', prefix: '' },
  signsWithApiKey: false,
  setup: VAPI_SETUP,
  secretHeaders: ['authorization', 'x-vapi-secret'],
  paths: ['/api/vapi/webhook', '/api/vapi/cal-integration'],
  read: (body) => readOperation(body) ?? readMessage(body),
};
