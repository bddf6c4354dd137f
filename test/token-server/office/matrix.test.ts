import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../db/values.ts';
import { POLICIES, SCOPES } from '../../../manage/accounts/policies.ts';
import { ROUTES } from '../../../token-server/api/routes.ts';
import type { Route } from '../../../token-server/api/route.ts';
import { openPlaces } from '../../support/recordings.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { fillPath, makeTenant, ROLES } from './make-tenant.ts';
import type { OfficeTenant } from './make-tenant.ts';
import { startOffice } from './start-office.ts';
import type { Browser, RunningOffice } from './start-office.ts';

/** Who may, written down a second time: a policy that changes by accident is seen here. */
const EXPECTED: Record<string, { roles: string; key: boolean }> = {
  getMe: { roles: 'owner admin staff viewer', key: true },
  getToday: { roles: 'owner admin staff viewer', key: true },
  listCalls: { roles: 'owner admin staff viewer', key: true },
  getCall: { roles: 'owner admin staff viewer', key: true },
  listLiveCalls: { roles: 'owner admin staff viewer', key: true },
  getCallScenario: { roles: 'owner admin staff viewer', key: true },
  previewForgetting: { roles: 'owner admin', key: true },
  forgetCaller: { roles: 'owner admin', key: true },
  blockCaller: { roles: 'owner admin', key: true },
  getRecording: { roles: 'owner admin staff viewer', key: false },
  getRecordingPeaks: { roles: 'owner admin staff viewer', key: false },
  exportCalls: { roles: 'owner admin staff viewer', key: true },
  getOrganization: { roles: 'owner admin staff viewer', key: true },
  editOrganization: { roles: 'owner admin', key: true },
  getGuide: { roles: 'owner admin staff viewer', key: true },
  listAgents: { roles: 'owner admin staff viewer', key: true },
  getAgent: { roles: 'owner admin staff viewer', key: true },
  listCalendarProviders: { roles: 'owner admin staff viewer', key: true },
  listCalendars: { roles: 'owner admin staff viewer', key: true },
  getCalendar: { roles: 'owner admin staff viewer', key: true },
  getCalendarActivity: { roles: 'owner admin staff viewer', key: true },
  connectCalendar: { roles: 'owner admin', key: true },
  editCalendar: { roles: 'owner admin', key: true },
  authorizeCalendar: { roles: 'owner admin', key: false },
  disconnectCalendar: { roles: 'owner admin', key: true },
  examineCalendar: { roles: 'owner admin', key: true },
  listEventTypes: { roles: 'owner admin', key: true },
  registerCalendarWebhook: { roles: 'owner admin', key: true },
  listBookingEvents: { roles: 'owner admin staff viewer', key: true },
  getBookingEvent: { roles: 'owner admin staff viewer', key: true },
  createBookingEvent: { roles: 'owner admin', key: true },
  editBookingEvent: { roles: 'owner admin', key: true },
  previewOffer: { roles: 'owner admin', key: true },
  getEventReferences: { roles: 'owner admin staff viewer', key: true },
  removeBookingEvent: { roles: 'owner admin', key: true },
  listNumbers: { roles: 'owner admin staff viewer', key: true },
  getNumber: { roles: 'owner admin staff viewer', key: true },
  createNumber: { roles: 'owner admin', key: true },
  editNumber: { roles: 'owner admin', key: true },
  removeNumber: { roles: 'owner admin', key: true },
  listTrunks: { roles: 'owner admin staff viewer', key: true },
  getTrunk: { roles: 'owner admin staff viewer', key: true },
  createTrunk: { roles: 'owner admin', key: true },
  editTrunk: { roles: 'owner admin', key: true },
  removeTrunk: { roles: 'owner admin', key: true },
  examinePhoneLine: { roles: 'owner admin staff viewer', key: true },
  syncPhoneLine: { roles: 'owner admin', key: true },
  createAgent: { roles: 'owner admin', key: true },
  editAgent: { roles: 'owner admin', key: true },
  deleteAgent: { roles: 'owner admin', key: true },
  getAgentDraft: { roles: 'owner admin staff viewer', key: true },
  editAgentDraft: { roles: 'owner admin', key: true },
  discardAgentDraft: { roles: 'owner admin', key: true },
  publishAgent: { roles: 'owner admin', key: true },
  listAgentVersions: { roles: 'owner admin staff viewer', key: true },
  getAgentVersion: { roles: 'owner admin staff viewer', key: true },
  restoreAgentVersion: { roles: 'owner admin', key: true },
  startTestCall: { roles: 'owner admin', key: false },
  listTestAppointments: { roles: 'owner admin staff viewer', key: true },
  getAgentScenarios: { roles: 'owner admin staff viewer', key: true },
  requireScenarios: { roles: 'owner', key: false },
  playScenarios: { roles: 'owner admin', key: false },
  keepCallScenario: { roles: 'owner admin', key: true },
  removeScenario: { roles: 'owner', key: false },
  listAppointments: { roles: 'owner admin staff viewer', key: true },
  getAppointment: { roles: 'owner admin staff viewer', key: true },
  getAppointmentHistory: { roles: 'owner admin staff viewer', key: true },
  listTimesToMoveTo: { roles: 'owner admin staff', key: true },
  listFreeTimes: { roles: 'owner admin staff', key: true },
  createAppointment: { roles: 'owner admin staff', key: true },
  moveAppointment: { roles: 'owner admin staff', key: true },
  cancelAppointment: { roles: 'owner admin staff', key: true },
  settleIntent: { roles: 'owner admin staff', key: true },
  listMessages: { roles: 'owner admin staff viewer', key: true },
  getMessage: { roles: 'owner admin staff viewer', key: true },
  editMessage: { roles: 'owner admin staff', key: true },
  listBlockedCallers: { roles: 'owner admin staff viewer', key: true },
  blockNumber: { roles: 'owner admin', key: true },
  unblockNumber: { roles: 'owner admin', key: true },
  listMembers: { roles: 'owner admin staff viewer', key: false },
  getMember: { roles: 'owner admin staff viewer', key: false },
  changeMemberRole: { roles: 'owner admin', key: false },
  removeMember: { roles: 'owner admin', key: false },
  listInvitations: { roles: 'owner admin', key: false },
  inviteMember: { roles: 'owner admin', key: false },
  withdrawInvitation: { roles: 'owner admin', key: false },
  listApiKeys: { roles: 'owner admin', key: false },
  createApiKey: { roles: 'owner admin', key: false },
  revokeApiKey: { roles: 'owner admin', key: false },
  listWebhookEndpoints: { roles: 'owner admin', key: true },
  getWebhookEndpoint: { roles: 'owner admin', key: true },
  createWebhookEndpoint: { roles: 'owner admin', key: true },
  editWebhookEndpoint: { roles: 'owner admin', key: true },
  deleteWebhookEndpoint: { roles: 'owner admin', key: true },
  rotateWebhookSecret: { roles: 'owner admin', key: true },
  testWebhookEndpoint: { roles: 'owner admin', key: true },
  listWebhookDeliveries: { roles: 'owner admin', key: true },
  getWebhookDelivery: { roles: 'owner admin', key: true },
  resendWebhookDelivery: { roles: 'owner admin', key: true },
  listAuditLog: { roles: 'owner admin', key: true },
  getAnalytics: { roles: 'owner admin staff viewer', key: true },
  exportAnalytics: { roles: 'owner admin staff viewer', key: true },
  getUsage: { roles: 'owner admin', key: true },
  getSpendingLimit: { roles: 'owner admin', key: true },
  setSpendingLimit: { roles: 'owner admin', key: false },
  listAlerts: { roles: 'owner admin staff viewer', key: true },
  getAlert: { roles: 'owner admin staff viewer', key: true },
  listAlertChanges: { roles: 'owner admin staff viewer', key: true },
  createAlert: { roles: 'owner admin', key: true },
  editAlert: { roles: 'owner admin', key: true },
  deleteAlert: { roles: 'owner admin', key: true },
};

const database = useTestDatabase();
let office: RunningOffice;
let own: OfficeTenant;
let foreign: OfficeTenant;
const folder = join(tmpdir(), `slotline-test-${randomUUID()}`);
const recordings = openPlaces({ RECORDINGS_FOLDER: folder }).store;
beforeAll(async () => {
  office = await startOffice(database.db, { config: { recordings } });
  own = await makeTenant(database.db, office, recordings);
  foreign = await makeTenant(database.db, office, recordings);
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Of a tenant's own things, with a body that the route says can be sent; answers `done` or the status. */
async function ask(
  route: Route,
  browser: Browser,
  {
    of: tenant,
    token,
    params = {},
  }: {
    of: OfficeTenant;
    token?: string;
    params?: Record<string, string>;
  },
): Promise<number | 'done'> {
  const path =
    fillPath(route.path, { ...(await tenant.freshParams()), ...params }) + searchOf(route);
  const hasBody = route.kind === 'write' || route.kind === 'effect';
  const body = hasBody && route.example ? tenant.freshBody(route.example) : undefined;
  const { status } = await browser.send(route.method.toUpperCase(), path, body, {
    'If-Match': '*',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  });
  // Whoever was let in may hear that a server behind ours does not answer: there is none here.
  return [200, 201, 424].includes(status) ? 'done' : status;
}

function searchOf(route: Route): string {
  const example = route.kind === 'read' ? route.example : undefined;
  return example ? `?${new URLSearchParams(example).toString()}` : '';
}

test('has something to expect of every route, and nothing else', () => {
  expect(ROUTES.map(({ id }) => id).sort()).toEqual(Object.keys(EXPECTED).sort());
  const actions = ROUTES.flatMap((route) => (route.kind === 'own' ? [] : route.action));
  expect(actions.filter((action) => !Object.hasOwn(POLICIES, action))).toEqual([]);
});

describe.each(ROUTES.map((route) => [route.id, route] as const))('%s', (id, route) => {
  const expected = EXPECTED[id] ?? { roles: '', key: false };
  const isOwn = route.kind === 'own';

  test('is closed to who has not signed in', async () => {
    expect(await ask(route, office.browser(), { of: own })).toBe(401);
    expect(await ask(route, office.browser(), { of: own, token: 'sl_live_unknown' })).toBe(401);
  });

  test.each(ROLES)('answers a member with the role %s as the table says', async (role: Role) => {
    const status = await ask(route, own.browsers[role], { of: own });
    expect(status).toBe(expected.roles.split(' ').includes(role) ? 'done' : 403);
  });

  test.each(ROLES)('tells nothing of another organization to its %s', async (role: Role) => {
    const status = await ask(route, foreign.browsers[role], { of: own });
    expect(status).toBe(isOwn ? 'done' : 404);
  });

  test('finds nothing of another organization under the address of its own', async () => {
    if (isOwn || !/\{(?!organizationId\})/.test(route.path)) return;
    const { organizationId } = own;
    const status = await ask(route, own.browsers.owner, {
      of: foreign,
      params: { organizationId },
    });
    expect(status).toBe(404);
  });

  test('answers a key by its scopes', async () => {
    const all = await own.makeKey(SCOPES);
    const status = await ask(route, office.browser(), { of: own, token: all.token });
    expect(status).toBe(expected.key ? 'done' : 403);
    const none = await own.makeKey([]);
    const without = await ask(route, office.browser(), { of: own, token: none.token });
    expect(without).toBe(isOwn ? 'done' : 403);
    const other = await foreign.makeKey(SCOPES);
    const elsewhere = await ask(route, office.browser(), { of: own, token: other.token });
    expect(elsewhere).toBe(isOwn ? 'done' : 404);
  });
});
