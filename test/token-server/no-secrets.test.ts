import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { findAgentBySlug, insertAgent } from '../../db/agents.ts';
import { insertBookingEvent } from '../../db/booking-events.ts';
import {
  insertCalendarConnection,
  replaceWebhook,
} from '../../db/calendars/calendar-connections.ts';
import { insertAuthorization } from '../../db/calendars/calendar-authorizations.ts';
import { replaceConnectionTokens } from '../../db/calendars/connection-tokens.ts';
import type { Database } from '../../db/database.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { sealCredential } from '../../db/sealed-credential.ts';
import { createRateLimiter } from '../../token-server/rate-limiter.ts';
import { readinessChecks } from '../../token-server/readiness.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { startTokenServer, testConfig } from './start-token-server.ts';

const database = useTestDatabase();

/** Each way in which a value could hide in a text. */
function spellings(value: Buffer): string[] {
  const hex = value.toString('hex');
  // Base64 inside a larger base64 starts at one of three offsets.
  const inBase64 = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), value]);
    const start = Math.ceil((offset * 4) / 3) + (offset === 0 ? 0 : 1);
    return [padded.toString('base64'), padded.toString('base64url')].map((text) =>
      text.replace(/=+$/, '').slice(start, -4),
    );
  });
  return [value.toString('latin1'), hex, hex.toUpperCase(), ...inBase64];
}

test('no credential is in token, metadata, logs or answers', async () => {
  const { db } = database;
  const masterKey = randomBytes(32);
  const canary = `canary-${randomBytes(24).toString('hex')}`;
  const settingCanary = `canary-${randomBytes(24).toString('hex')}`;
  const organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const calendarConnectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'calcom',
    name: 'Front desk',
    timeZone: 'America/New_York',
    settings: { password: settingCanary },
    credential: { plain: canary, masterKey },
  });
  const agent = {
    organizationId,
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
    instructions: `canary-${canary}`,
  };
  const agentId = await insertAgent(db, { ...agent, slug: 'front-desk' });
  await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: 'Consultation',
    eventType: 'consultation',
  });
  const webhookSecret = { plain: canary, masterKey };
  await replaceWebhook(
    db,
    { organizationId, id: calendarConnectionId },
    { id: 'webhook-1', secret: webhookSecret },
  );
  await insertAgent(db, { ...agent, slug: 'closed-desk', enabled: false });

  const trunkId = randomUUID();
  const place = { organizationId, column: 'sip_trunks.auth_password', rowId: trunkId };
  await db
    .insertInto('sipTrunks')
    .values({
      id: trunkId,
      organizationId,
      name: 'Carrier',
      authUsername: 'carrier',
      authPassword: sealCredential(canary, place, masterKey),
    })
    .execute();

  await replaceConnectionTokens(
    db,
    {
      organizationId,
      id: await insertCalendarConnection(db, {
        organizationId,
        provider: 'diary',
        name: 'Diary',
        timeZone: 'UTC',
      }),
    },
    { plain: canary, masterKey },
  );
  await insertAuthorization(
    db,
    {
      organizationId,
      provider: 'diary',
      redirectUri: 'https://voice.example.com/api/calendar/diary/callback',
      wish: {},
      actor: { kind: 'operator', id: null, name: 'the command line' },
      sessionId: null,
      verifier: canary,
      stateDigest: canary,
      lifetime: 60_000,
    },
    masterKey,
  );

  await db
    .insertInto('assistants')
    .values({
      organizationId,
      agentId,
      platform: 'vapi',
      authentication: JSON.stringify({}),
      secret: Buffer.from(canary),
      secretDigest: canary,
    })
    .execute();

  await plantInOffice(db, organizationId, canary);

  // From the catalogue, so that a column added later is not forgotten: plant a canary in it here.
  const { rows: columns } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type <> 'timestamp with time zone'
      -- How loud a recording is.
      and (table_name, column_name) <> ('call_recordings', 'peaks')
      and (data_type = 'bytea' or column_name ~ 'credential|secret|password|token|sealed')`.execute(
    db,
  );
  expect(columns.map(({ name }) => name).sort()).toEqual([
    'assistants.secret',
    'assistants.secret_digest',
    'calendar_authorizations.verifier',
    'calendar_connections.credential',
    'calendar_connections.tokens',
    'calendar_connections.webhook_secret',
    'invitations.token_digest',
    'office_secrets.secret',
    'passkeys.credential_id',
    'setup_links.token_digest',
    'sip_trunks.auth_password',
    'two_factors.secret',
    'user_accounts.access_token',
    'user_accounts.id_token',
    'user_accounts.password',
    'user_accounts.refresh_token',
    'user_sessions.token',
    'webhook_endpoints.previous_secret',
    'webhook_endpoints.secret',
  ]);
  const { credential: sealed } = await db
    .selectFrom('calendarConnections')
    .select('credential')
    .where('credential', 'is not', null)
    .executeTakeFirstOrThrow();
  if (!sealed) throw new Error('the canary was not stored');

  await using server = await startTokenServer({
    findAgent: (slug) => findAgentBySlug(db, slug),
    tokenLimiter: createRateLimiter({
      perMinute: 8,
      secret: testConfig.livekit.apiSecret,
      db,
    }),
    checks: readinessChecks({ db, livekitUrl: 'ws://127.0.0.1:1' }),
  });

  const answers: string[] = [];
  const keep = async (response: Response): Promise<void> => {
    const body = await response.text();
    answers.push(JSON.stringify([...response.headers]), body);
    const { participant_token: token } = JSON.parse(body) as { participant_token?: string };
    for (const part of token?.split('.') ?? []) {
      answers.push(part, Buffer.from(part, 'base64url').toString('utf8'));
    }
  };
  await keep(await server.requestToken({ agent: 'front-desk', participant_name: 'Mary Smith' }));
  await keep(
    await server.requestToken({ room_config: { agents: [{ agent_name: 'front-desk' }] } }),
  );
  await keep(await server.requestToken({ agent: 'closed-desk' }));
  await keep(await server.requestToken({ agent: 'nobody' }));
  await keep(await server.requestToken({ agent: 7 }));
  for (let round = 0; round < 5; round += 1) {
    await keep(await server.requestToken({ agent: 'front-desk' }));
  }
  for (const path of ['/api/agents/front-desk', '/api/agents/closed-desk', '/readyz', '/healthz']) {
    await keep(await fetch(server.url + path));
  }
  const seen = [...answers, server.logText()].join('\n');
  expect(seen).toContain('participant_token');
  expect(seen).toContain('too_many_requests');
  // No secret, but nobody's business either.
  expect(seen).not.toContain(calendarConnectionId);

  const secrets = [
    Buffer.from(canary),
    Buffer.from(settingCanary),
    masterKey,
    Buffer.from(testConfig.livekit.apiSecret),
    sealed,
  ];
  const searched = secrets.flatMap(spellings);
  expect(Math.min(...searched.map(({ length }) => length))).toBeGreaterThan(16);
  expect(searched.filter((spelling) => seen.includes(spelling))).toEqual([]);
});

/** The canary in everything that people of the office sign in with. */
async function plantInOffice(db: Database, organizationId: string, canary: string): Promise<void> {
  await sql`
    with person as (
      insert into users (name, email) values ('Mary Smith', 'mary@example.com') returning id
    ), session as (
      insert into user_sessions (user_id, token, expires_at)
      select id, ${canary}, slotline_now() from person
    ), account as (
      insert into user_accounts
        (user_id, provider_id, account_id, password, access_token, refresh_token, id_token)
      select id, 'oidc', '1', ${canary}, ${canary}, ${canary}, ${canary} from person
    ), second_step as (
      insert into two_factors (user_id, secret, backup_codes)
      select id, ${canary}, ${canary} from person
    ), passkey as (
      insert into passkeys (user_id, public_key, credential_id, counter, device_type, backed_up)
      select id, ${canary}, ${canary}, 0, 'singleDevice', false from person
    ), link as (
      insert into setup_links (organization_id, token_digest, expires_at)
      values (${organizationId}, ${canary}, slotline_now())
    ), office_secret as (
      insert into office_secrets (secret) values (convert_to(${canary}, 'UTF8'))
    ), endpoint as (
      insert into webhook_endpoints (
        organization_id, url, description, events, secret, previous_secret)
      values (${organizationId}, 'https://example.com', '', '{call.ended}',
        convert_to(${canary}, 'UTF8'), convert_to(${canary}, 'UTF8'))
    )
    insert into invitations (organization_id, email, role, token_digest, expires_at)
    values (${organizationId}, 'guest@example.com', 'staff', ${canary}, slotline_now())`.execute(
    db,
  );
}
