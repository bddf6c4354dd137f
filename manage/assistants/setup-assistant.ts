import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AuthenticationSchema } from '../../calls/assistants/authentication.ts';
import type { Authentication } from '../../calls/assistants/authentication.ts';
import { PlatformApiError } from '../../calls/assistants/platform.ts';
import type {
  AssistantPlatform,
  PlatformApi,
  SetupStep,
  SetupWish,
} from '../../calls/assistants/platform.ts';
import { PLATFORMS } from '../../calls/assistants/platforms.ts';
import { AssistantSettingsSchema } from '../../calls/assistants/settings.ts';
import { FUNCTIONS } from '../../booking/foreign/functions/functions.ts';
import {
  deleteAssistant,
  findAssistant,
  listAssistants as listStored,
  putAssistant,
  readAssistantSecret,
} from '../../db/assistants/assistants.ts';
import type { Agent } from '../../db/agents.ts';
import type { Database } from '../../db/database.ts';
import { transport } from '../../runtime/http-transport.ts';
import type { Fetch } from '../../runtime/http-transport.ts';
import { isLoopback } from '../../runtime/loopback.ts';
import { findManagedAgent } from '../agents.ts';
import { ManageError } from '../manage-error.ts';
import { parseInput } from '../parse-input.ts';
import { refuseTaken } from '../refuse-taken.ts';

/** Shorter secrets can be guessed. */
const SHORTEST_SECRET = 16;
/** Seconds that a platform waits longer than we take at most. */
const MARGIN = 3;

const SECRET_TAKEN = {
  message:
    'is that of another agent’s assistant: the secret tells whose a request is, so each has its own',
  field: 'secret',
};

const SetupSchema = z.strictObject({
  /** Of this server, as the platform reaches it. */
  address: z
    .url({
      protocol: /^https?$/,
      error: 'must be an address such as https://voice.example.com',
      abort: true,
    })
    .refine(isPrivate, 'must begin with https://: secret and conversation would be sent in clear')
    .transform((text) => text.replace(/\/+$/, '')),
  authentication: AuthenticationSchema.exactOptional(),
  /** The platform's own name for the secret, where it keeps it itself. */
  credentialId: z.string().min(1).max(200).nullable().default(null),
  assistantId: z.string().min(1).max(200).exactOptional(),
  answerWithinSeconds: z
    .number({ error: 'must be a number of seconds' })
    .min(2, 'must be 2 seconds at least')
    .max(280, 'must be 280 seconds at most')
    .exactOptional(),
  dryRun: z.boolean().default(false),
});

export interface SetupParts {
  db: Database;
  masterKey: Buffer;
  /** The platform's API key; null: nothing is asked of the platform. */
  apiKey: string | null;
  /** What requests are to prove themselves with; null: the stored one, or a new one. */
  secret: string | null;
  /** In the place of the platform's own address; for tests. */
  apiUrl?: string | undefined;
  fetch?: Fetch;
}

/** What came of setting an assistant up. */
export interface AssistantSetup {
  platform: string;
  agent: string;
  /** Where the platform sends what its model wants. */
  address: string;
  authentication: Authentication;
  /** Shown once, when it was made here; null where it was given or is known. */
  newSecret: string | null;
  /** What tools and assistant are made of; a secret stands as "<secret>" in it. */
  tools: unknown[];
  assistant: unknown;
  /** What was done at the platform, or would be; null where no key was given. */
  steps: SetupStep[] | null;
  /** The platform's; null where it is not known yet. */
  assistantId: string | null;
}

/**
 * Connects an agent with an assistant of a platform, and with the platform's key makes its tools and the
 * assistant there, or brings them up to date.
 * @param input unknown what an operator wrote
 * @throws {ManageError} {PlatformApiError}
 */
export async function setupAssistant(
  parts: SetupParts,
  organizationId: string,
  of: { platform: string; agent: string },
  input: { [Field in keyof z.input<typeof SetupSchema>]?: unknown },
): Promise<AssistantSetup> {
  const { db, masterKey } = parts;
  const platform = platformOf(of.platform);
  const agent = await findManagedAgent(db, organizationId, of.agent);
  const wanted = parseInput(SetupSchema, input);
  const key = { organizationId, agentId: agent.id, platform: platform.id };
  const present = await findAssistant(db, key);
  const settings = AssistantSettingsSchema.parse({
    ...present?.settings,
    ...(wanted.assistantId === undefined ? {} : { assistantId: wanted.assistantId }),
    ...(wanted.answerWithinSeconds === undefined
      ? {}
      : { answerWithinSeconds: wanted.answerWithinSeconds }),
  });
  const before = present && AuthenticationSchema.parse(present.authentication);
  const authentication =
    wanted.authentication ?? before ?? AuthenticationSchema.parse(platform.authentication);
  refuseOtherWay(platform, authentication);
  // An API key that signs is no secret to be sent, and no other secret signs there.
  const isUsable =
    before && signsItself(platform, before) === signsItself(platform, authentication);
  const known = present && isUsable ? await readAssistantSecret(db, present, masterKey) : null;
  const given = parts.secret ?? (signsItself(platform, authentication) ? parts.apiKey : null);
  const secret = given ?? known ?? newSecret(platform, authentication);
  if (secret.length < SHORTEST_SECRET) {
    throw new ManageError(`must have ${SHORTEST_SECRET} characters at least`, { field: 'secret' });
  }
  const store = (assistantId: string | null): Promise<void> =>
    refuseTaken(SECRET_TAKEN, () =>
      putAssistant(db, {
        ...key,
        authentication,
        settings: { ...settings, assistantId },
        secret: { plain: secret, masterKey },
      }),
    );
  // Before the platform has it: its first request finds it here.
  if (!wanted.dryRun) await store(settings.assistantId);
  const wish: SetupWish = {
    address: wanted.address,
    agent,
    functions: FUNCTIONS.map((made) => ({ ...made, changes: made.changes !== null })),
    secret,
    // One that is given may have reached some of its tools alone: the run before may have been cut off.
    isSecretNew: secret !== known || parts.secret !== null,
    credentialId: wanted.credentialId,
    assistantId: settings.assistantId,
    timeoutSeconds: Math.ceil(settings.answerWithinSeconds + MARGIN),
  };
  const applied =
    parts.apiKey === null
      ? null
      : await platform.setup.apply(apiOf(platform, parts), wish, !wanted.dryRun);
  if (applied && !wanted.dryRun && applied.assistantId !== settings.assistantId) {
    await store(applied.assistantId);
  }
  return {
    platform: platform.id,
    agent: agent.slug,
    address: `${wanted.address}/api/tools/${platform.id}/${agent.slug}`,
    authentication,
    newSecret: given === null && known === null && !wanted.dryRun ? secret : null,
    ...platform.setup.describe({ ...wish, secret: '<secret>' }),
    steps: applied?.steps ?? null,
    assistantId: applied?.assistantId ?? settings.assistantId,
  };
}

/** @throws {ManageError} the agent has none there */
export async function removeAssistant(
  db: Database,
  organizationId: string,
  of: { platform: string; agent: string },
): Promise<Agent> {
  const platform = platformOf(of.platform);
  const agent = await findManagedAgent(db, organizationId, of.agent);
  const key = { organizationId, agentId: agent.id, platform: platform.id };
  if (await deleteAssistant(db, key)) return agent;
  throw new ManageError(`The agent "${agent.slug}" has no assistant at ${platform.name}.`, {
    field: 'agent',
  });
}

export interface ListedAssistant {
  platform: string;
  agent: string;
  /** How its requests prove themselves. */
  authentication: string;
  assistantId: string | null;
  answerWithinSeconds: number;
  refusedRequests: number;
}

/** All assistants of an organization. */
export async function listAssistants(
  db: Database,
  organizationId: string,
): Promise<ListedAssistant[]> {
  const stored = await listStored(db, organizationId);
  return stored.map(({ platform, agentSlug, authentication, settings, refusedRequests }) => ({
    platform,
    agent: agentSlug,
    authentication: String(authentication['kind']),
    ...AssistantSettingsSchema.parse(settings),
    refusedRequests,
  }));
}

function platformOf(id: string): AssistantPlatform {
  const platform = PLATFORMS.find((each) => each.id === id);
  if (platform) return platform;
  const all = PLATFORMS.map((each) => each.id).join(', ');
  throw new ManageError(`must be one of ${all}`, { field: 'platform' });
}

/** What is said to a host of this machine cannot be overheard. */
function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname);
}

function signsItself(platform: AssistantPlatform, { kind }: Authentication): boolean {
  return platform.signsWithApiKey && kind === 'platform';
}

function refuseOtherWay(platform: AssistantPlatform, { kind }: Authentication): void {
  if (kind !== 'platform' || platform.verify) return;
  throw new ManageError(
    `${platform.name} has no signature of its own: choose bearer, secret or hmac`,
    {
      field: 'authentication',
    },
  );
}

/** @throws {ManageError} what signs is a key that only its owner knows */
function newSecret(platform: AssistantPlatform, authentication: Authentication): string {
  if (!signsItself(platform, authentication)) return randomBytes(32).toString('base64url');
  throw new ManageError(
    `is missing: ${platform.name} signs with its API key. Set ${platform.setup.keyVariable}, or give it as ASSISTANT_SECRET.`,
    { field: 'secret' },
  );
}

function apiOf(
  { name, setup }: AssistantPlatform,
  { apiKey, apiUrl = setup.apiUrl, fetch = transport }: SetupParts,
): PlatformApi {
  return async (method, path, body) => {
    let answer: Response;
    try {
      answer = await fetch(`${apiUrl}${path}`, {
        method,
        headers: { ...setup.keyHeader(apiKey ?? ''), 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (answer.ok) return await answer.json();
      await answer.body?.cancel();
    } catch (cause) {
      throw new PlatformApiError(
        `${name} does not answer: try again. What was made so far is found again.`,
        null,
        { cause },
      );
    }
    throw new PlatformApiError(refusalOf(name, `${method} ${path}`, answer.status), answer.status);
  };
}

/** Without the answer's words: they may repeat what was sent. */
function refusalOf(name: string, what: string, status: number): string {
  const advice =
    status === 401 || status === 403
      ? 'The key is not accepted: use the private one.'
      : status === 404
        ? 'It has nothing of that id: check --assistant.'
        : 'Try again; if it stays, make it by hand from what is printed without a key.';
  return `${name} refused ${what} (${status}). ${advice}`;
}
