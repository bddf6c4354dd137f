import { AuthenticationSchema, headerOf, isProved } from '../../calls/assistants/authentication.ts';
import type { Authentication } from '../../calls/assistants/authentication.ts';
import type { AssistantPlatform, PlatformRequest } from '../../calls/assistants/platform.ts';
import {
  countRefusedRequest,
  findAssistantBySecret,
  findAssistantOfAgent,
  readAssistantSecret,
} from '../../db/assistants/assistants.ts';
import type { Assistant } from '../../db/assistants/assistants.ts';
import type { Database } from '../../db/database.ts';

/**
 * @param slug the agent's, as the address names it: anything; null where it names none
 * @returns undefined where the request does not prove to come from that agent's assistant
 */
export type FindProvedAssistant = (
  platform: AssistantPlatform,
  slug: string | null,
  request: PlatformRequest,
) => Promise<Assistant | undefined>;

/** What an unknown assistant's request is held to. */
const OF_NOBODY: Authentication = AuthenticationSchema.parse({ kind: 'hmac' });
const LONGEST_SLUG = 100;
const LONGEST_SECRET = 500;

/** Whose request it is: the address or what it brings says so, never what it says. */
export function assistantFinder(parts: {
  db: Database;
  masterKey: Buffer;
  now: () => Date;
}): FindProvedAssistant {
  const { db, masterKey } = parts;
  return async (platform, slug, request) => {
    const assistant =
      slug === null
        ? await findBySecret(db, platform, request)
        : await findOfAgent(db, platform, slug);
    const secret = assistant ? await readAssistantSecret(db, assistant, masterKey) : null;
    const authentication = AuthenticationSchema.safeParse(assistant?.authentication).data;
    const now = parts.now();
    const proved = isProved(authentication ?? OF_NOBODY, {
      request,
      secret: authentication ? secret : null,
      platform,
      now,
    });
    if (proved) return assistant;
    if (assistant) await countRefusedRequest(db, assistant.id);
    return undefined;
  };
}

async function findOfAgent(
  db: Database,
  platform: AssistantPlatform,
  slug: string,
): Promise<Assistant | undefined> {
  // PostgreSQL takes no NUL in a text.
  if (slug.length > LONGEST_SLUG || slug.includes('\0')) return undefined;
  return findAssistantOfAgent(db, platform.id, slug);
}

async function findBySecret(
  db: Database,
  platform: AssistantPlatform,
  request: PlatformRequest,
): Promise<Assistant | undefined> {
  for (const name of platform.secretHeaders) {
    const secret = headerOf(request, name).replace(/^Bearer /i, '');
    if (secret === '' || secret.length > LONGEST_SECRET) continue;
    const assistant = await findAssistantBySecret(db, platform.id, secret);
    if (assistant) return assistant;
  }
  return undefined;
}
