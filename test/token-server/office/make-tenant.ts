import { randomUUID } from 'node:crypto';
import type { RecordingStore } from '../../../calls/recordings/recording-store.ts';
import { insertApiKey } from '../../../db/accounts/api-keys.ts';
import { insertInvitation } from '../../../db/accounts/invitations.ts';
import { finishCall, insertCall } from '../../../db/calls/calls.ts';
import { insertTestCall } from '../../../db/calls/test-calls.ts';
import type { Database } from '../../../db/database.ts';
import { tellRehearser } from '../../../db/scenarios/rehearsers.ts';
import { insertScenario } from '../../../db/scenarios/scenarios.ts';
import type { Role } from '../../../db/values.ts';
import { editDraft } from '../../../manage/agent-drafts.ts';
import { addAgent } from '../../../manage/agents.ts';
import { KEY_PREFIX } from '../../../manage/accounts/api-keys.ts';
import { makeSecretToken } from '../../../manage/accounts/secret-token.ts';
import { insertOnlyAlert } from '../../support/insert-alert.ts';
import { recordCall } from '../../support/record-call.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { freshNumber, makeBookables } from './make-bookables.ts';
import { freeStarts, insertSeen } from './seen-things.ts';
import { testEndpoint } from '../../../manage/webhooks/deliveries.ts';
import { addEndpoint } from '../../../manage/webhooks/endpoints.ts';
import { addressRule } from '../../../runtime/public-address.ts';
import { insertPerson, MASTER_KEY, signIn } from './start-office.ts';
import type { Browser, RunningOffice } from './start-office.ts';

export const ROLES: readonly Role[] = ['owner', 'admin', 'staff', 'viewer'];

/** An organization with an agent, somebody of every role who has signed in, and what they can be asked about. */
export interface OfficeTenant extends Tenant {
  browsers: Record<Role, Browser>;
  /** A key with these scopes. */
  makeKey(
    scopes: readonly string[],
    limits?: { requestsPerMinute?: number; expiresAt?: Date },
  ): Promise<{ id: string; token: string }>;
  /** A time that its event can be booked at, another one each time. */
  freeStart(): string;
  /** A body made of the one that a route says can be sent: what may exist once only has a name of its own. */
  freshBody(example: object): object;
  /** Things of its own that a request can name, made anew for each. */
  freshParams(): Promise<Record<string, string>>;
}

/** @param recordings where those of its calls lie; without it they have none */
export async function makeTenant(
  db: Database,
  office: RunningOffice,
  recordings: RecordingStore | null = null,
): Promise<OfficeTenant> {
  const tenant = await insertTenant(db);
  const { organizationId } = tenant;
  const bookable = await makeBookables(db, tenant);
  const starts = await freeStarts(db, tenant);
  const mark = randomUUID().slice(0, 8);
  const browsers = {} as Record<Role, Browser>;
  for (const role of ROLES) {
    const email = `${role}-${mark}@example.com`;
    await insertPerson(db, email, { organizationId, role });
    browsers[role] = await signIn(office, email);
  }
  const makeKey: OfficeTenant['makeKey'] = async (scopes, limits = {}) => {
    const { token, digest } = makeSecretToken(KEY_PREFIX);
    const { id } = await insertApiKey(db, {
      organizationId,
      name: `Key of ${mark}`,
      start: token.slice(0, 12),
      scopes: [...scopes],
      requestsPerMinute: limits.requestsPerMinute ?? 6_000,
      keyDigest: digest,
      createdBy: null,
      expiresAt: limits.expiresAt ?? null,
    });
    return { id, token };
  };
  const freeStart = () => {
    const start = starts.shift();
    if (!start) throw new Error('The calendar has too few free times.');
    return start.toISOString();
  };
  return {
    ...tenant,
    browsers,
    makeKey,
    freeStart,
    freshBody: (example) => ({ ...example, ...freshFields(example, { tenant, freeStart }) }),
    async freshParams() {
      const email = `${randomUUID()}@example.com`;
      // Those of requests before: an organization has so many open and no more.
      await db
        .deleteFrom('invitations')
        .where('organizationId', '=', organizationId)
        .where('email', 'like', 'invited-%')
        .execute();
      const invitation = await insertInvitation(db, {
        organizationId,
        email: `invited-${email}`,
        role: 'viewer',
        tokenDigest: randomUUID(),
        invitedBy: null,
        lifetime: 60_000,
      });
      return {
        organizationId,
        ...(await makeDraftedAgent(db, organizationId)),
        userId: await insertPerson(db, email, { organizationId, role: 'viewer' }),
        invitationId: invitation.id,
        keyId: (await makeKey(['agents:read'])).id,
        callId: await insertEndedCall(db, tenant, recordings),
        part: '1',
        ...(await bookable.freshParams()),
        ...(await insertSeen(db, tenant)),
        ...(await makeEndpoint(db, organizationId)),
        scenarioId: await keepOwnScenario(db, tenant),
        ...(await insertOnlyAlert(db, organizationId)),
      };
    },
  };
}

/** A call by phone that is over, with a short recording where a place is given; answers its id. */
async function insertEndedCall(
  db: Database,
  { organizationId, agentId }: Tenant,
  store: RecordingStore | null,
): Promise<string> {
  const callId = await insertCall(db, {
    organizationId,
    agentId,
    roomName: randomUUID(),
    line: 'phone',
    callerNumber: '+12025550123',
  });
  const key = { organizationId, callId };
  const sound = Buffer.alloc(64, 0xff);
  if (store) await recordCall(db, key, { startedAt: new Date(), store, sound });
  await finishCall(db, key, { outcome: 'no_booking', reason: 'over', by: 'caller' });
  return callId;
}

/** One that an agent can be played with; something says that it plays what comes with the product. */
async function keepOwnScenario(db: Database, { organizationId, agentId }: Tenant): Promise<string> {
  const shipped = [{ scenario: 'cancel', name: 'cancels one appointment', language: 'en' }];
  await tellRehearser(db, { id: randomUUID(), shipped });
  const key = { organizationId, agentId };
  const callId = await insertCall(db, { ...key, roomName: randomUUID(), line: 'web' });
  const { id } = await insertScenario(db, {
    organizationId,
    name: `Scenario ${randomUUID()}`,
    yaml: 'name: says nothing',
    callId,
    madeBy: 'Mary Smith',
  });
  return id;
}

/** An agent that can be deleted, published and restored. */
async function makeDraftedAgent(
  db: Database,
  organizationId: string,
): Promise<{ slug: string; number: string; roomName: string }> {
  const slug = `drafted-${randomUUID()}`;
  const names = { name: 'Front desk', businessName: 'Harbor Street Clinic' };
  const { id: agentId } = await addAgent(db, organizationId, { slug, ...names });
  const by = 'Mary Smith';
  const { content } = await db
    .transaction()
    .execute((transaction) =>
      editDraft(transaction, { organizationId, slug, by }, { name: 'Reception' }),
    );
  const [id, roomName] = [randomUUID(), `call-${randomUUID()}`];
  await insertTestCall(db, { id, organizationId, agentId, roomName, content, startedBy: by });
  return { slug, number: '1', roomName };
}

function freshFields(
  example: object,
  { tenant, freeStart }: { tenant: Tenant; freeStart: () => string },
): Record<string, unknown> {
  const mark = randomUUID();
  return {
    ...('slug' in example ? { slug: `desk-${mark}` } : {}),
    ...('name' in example ? { name: `Name ${mark}` } : {}),
    ...('email' in example ? { email: `${mark}@example.com` } : {}),
    ...('number' in example ? { number: freshNumber() } : {}),
    ...('agent' in example && example.agent !== null ? { agent: tenant.slug } : {}),
    ...('eventId' in example ? { eventId: tenant.bookingEventId } : {}),
    ...('start' in example ? { start: freeStart() } : {}),
  };
}

/** An endpoint with a delivery; those of requests before are gone. */
async function makeEndpoint(db: Database, organizationId: string): Promise<Record<string, string>> {
  await db
    .deleteFrom('webhookEndpoints')
    .where('organizationId', '=', organizationId)
    .where('description', '=', 'made for a request')
    .execute();
  const { endpoint } = await addEndpoint(
    db,
    { masterKey: MASTER_KEY, webhookAddresses: addressRule() },
    {
      organizationId,
      url: 'https://example.com/hooks',
      description: 'made for a request',
      events: ['call.ended'],
      enabled: true,
    },
  );
  const { id: deliveryId } = await testEndpoint(db, endpoint);
  return { endpointId: endpoint.id, deliveryId };
}

/** A path of a route with its parameters filled in. */
export function fillPath(path: string, params: Record<string, string>): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`nothing is known for the parameter ${name}`);
    return encodeURIComponent(value);
  });
  return `/api/v1${filled}`;
}
