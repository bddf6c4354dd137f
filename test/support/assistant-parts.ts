import { PLATFORMS } from '../../calls/assistants/platforms.ts';
import { readProviders } from '../../calendar/providers.ts';
import { putAssistant } from '../../db/assistants/assistants.ts';
import type { Database } from '../../db/database.ts';
import { createLogger } from '../../runtime/logger.ts';
import { messageAnswerer } from '../../token-server/assistants/answer-message.ts';
import type { AssistantRouteParts } from '../../token-server/assistants/assistant-routes.ts';
import { assistantFinder } from '../../token-server/assistants/proved-assistant.ts';
import type { Tenant } from './tenants.ts';

/** What the token server needs to serve assistants, on one clock and with nothing that limits it. */
export function assistantParts(
  db: Database,
  { masterKey, now, log }: { masterKey: Buffer; now: () => Date; log?: (line: string) => void },
): AssistantRouteParts {
  const logger = createLogger('token-server', 'trace', { write: (line) => log?.(line) });
  return {
    platforms: PLATFORMS,
    assistantLimiter: { take: async () => 0 },
    findAssistant: assistantFinder({ db, masterKey, now }),
    answerMessage: messageAnswerer({
      db,
      masterKey,
      providers: readProviders({}),
      logger,
      now,
    }),
  };
}

/** Connects an assistant of a platform to a tenant's agent. */
export async function connectAssistant(
  db: Database,
  tenant: Tenant,
  options: {
    masterKey: Buffer;
    secret: string;
    platform?: string;
    authentication?: Record<string, unknown>;
    settings?: Record<string, unknown>;
  },
): Promise<string> {
  const { masterKey, secret } = options;
  return putAssistant(db, {
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    platform: options.platform ?? 'vapi',
    authentication: options.authentication ?? { kind: 'token' },
    settings: options.settings ?? {},
    secret: { plain: secret, masterKey },
  });
}
