import { z } from 'zod';
import type { Database } from '../../../db/database.ts';
import { MEASURE_NAMES } from '../../../calls/figures/measures.ts';
import { listAlertChanges, listAlerts, lockAlert } from '../../../db/figures/alerts.ts';
import type { Alert } from '../../../db/figures/alerts.ts';
import { readPage, readPageBehindRow } from '../../../manage/accounts/page.ts';
import {
  addAlert,
  AlertChangeSchema,
  editAlert,
  findManagedAlert,
  NewAlertSchema,
  removeAlert,
} from '../../../manage/analytics/alerts.ts';
import { changedFields } from '../changed-fields.ts';
import { CountKey, pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const StateSchema = z.enum(['quiet', 'raised']);

const AlertSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    measure: z.string().meta({ description: MEASURE_NAMES.join(', ') }),
    agent: z.string().nullable().meta({ description: 'A slug; null: all of them.' }),
    windowHours: z.int(),
    direction: z.enum(['above', 'below']),
    threshold: z.number().meta({ description: 'Percent, milliseconds, dollars, or how many.' }),
    clearsAt: z.number(),
    leastCases: z.int(),
    enabled: z.boolean(),
    state: StateSchema,
    value: z.number().nullable().meta({ description: 'As measured last; null: too few cases.' }),
    checkedAt: z.iso.datetime().nullable(),
    changedAt: z.iso.datetime().nullable().meta({ description: 'When it was raised, or over.' }),
  })
  .meta({ id: 'Alert' });

const SettingsSchema = AlertSchema.pick({
  id: true,
  name: true,
  measure: true,
  agent: true,
  windowHours: true,
  direction: true,
  threshold: true,
  clearsAt: true,
  leastCases: true,
  enabled: true,
}).meta({ id: 'AlertSettings' });

const AlertChangeItem = z
  .object({
    id: z.string(),
    state: StateSchema,
    value: z.number(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'AlertChange' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofAlert = z.object({ organizationId: z.uuid(), alertId: z.uuid() });

function present(alert: Alert): z.input<typeof AlertSchema> {
  return {
    ...alert,
    agent: alert.agentSlug,
    checkedAt: alert.checkedAt?.toISOString() ?? null,
    changedAt: alert.changedAt?.toISOString() ?? null,
  };
}

/** What somebody set: what was measured since is no edit of theirs. */
function settings(alert: Alert): z.output<typeof SettingsSchema> {
  return SettingsSchema.parse(present(alert));
}

async function findLocked(db: Database, organizationId: string, id: string): Promise<Alert> {
  await lockAlert(db, { organizationId, id });
  return findManagedAlert(db, organizationId, id);
}

export const ALERT_ROUTES = [
  readRoute({
    id: 'listAlerts',
    path: '/organizations/{organizationId}/alerts',
    summary: 'Alerts with what they measured last, the newest first.',
    action: 'alerts:read',
    params: inOrganization,
    query: pageQuery(UuidKey),
    answer: pageOf(AlertSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listAlerts(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ id }) => id);
    },
  }),
  readRoute({
    id: 'getAlert',
    path: '/organizations/{organizationId}/alerts/{alertId}',
    summary: 'What one alert watches.',
    action: 'alerts:read',
    params: ofAlert,
    query: z.strictObject({}),
    answer: SettingsSchema,
    hasEtag: true,
    run: async ({ db, permit: { organizationId }, params }) =>
      settings(await findManagedAlert(db, organizationId, params.alertId)),
  }),
  readRoute({
    id: 'listAlertChanges',
    path: '/organizations/{organizationId}/alerts/{alertId}/changes',
    summary: 'When an alert was raised and when it was over, the newest first.',
    action: 'alerts:read',
    params: ofAlert,
    query: pageQuery(CountKey),
    answer: pageOf(AlertChangeItem),
    async run({ db, permit: { organizationId }, params, query: { limit, after = null } }) {
      const { id } = await findManagedAlert(db, organizationId, params.alertId);
      const page = await readPage({ after, limit }, (from, count) =>
        listAlertChanges(db, { organizationId, id, after: from, limit: count }),
      );
      return presentPage(
        page,
        (change) => ({ ...change, changedAt: change.changedAt.toISOString() }),
        (change) => change.id,
      );
    },
  }),
  writeRoute({
    id: 'createAlert',
    method: 'post',
    path: '/organizations/{organizationId}/alerts',
    summary: 'Watches a figure: owners and admins are written to when it passes a threshold.',
    action: 'alerts:write',
    params: inOrganization,
    body: NewAlertSchema,
    example: {
      name: 'Callers wait too long',
      measure: 'answer-p95',
      direction: 'above',
      threshold: 2_000,
      clearsAt: 1_500,
      leastCases: 20,
    },
    answer: AlertSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, body }) {
      const alert = await addAlert(db, organizationId, body);
      return {
        answer: present(alert),
        change: {
          action: 'alert.made',
          subject: { kind: 'alert', id: alert.id },
          before: null,
          after: settings(alert),
        },
      };
    },
  }),
  writeRoute({
    id: 'editAlert',
    method: 'patch',
    path: '/organizations/{organizationId}/alerts/{alertId}',
    summary: 'Changes what is given of an alert, which begins anew.',
    action: 'alerts:write',
    params: ofAlert,
    body: AlertChangeSchema,
    example: { threshold: 3_000 },
    answer: SettingsSchema,
    status: 200,
    isIdempotent: true,
    current: async ({ db, permit: { organizationId }, params }) =>
      settings(await findLocked(db, organizationId, params.alertId)),
    async run({ db, permit: { organizationId }, params: { alertId }, body }) {
      const before = settings(await findManagedAlert(db, organizationId, alertId));
      const after = settings(await editAlert(db, organizationId, alertId, body));
      return {
        answer: after,
        change: {
          action: 'alert.edited',
          subject: { kind: 'alert', id: alertId },
          ...changedFields(before, after),
        },
      };
    },
  }),
  writeRoute({
    id: 'deleteAlert',
    method: 'delete',
    path: '/organizations/{organizationId}/alerts/{alertId}',
    summary: 'Watches a figure no more.',
    action: 'alerts:write',
    params: ofAlert,
    body: null,
    example: null,
    answer: SettingsSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit: { organizationId }, params: { alertId } }) {
      const alert = settings(await findManagedAlert(db, organizationId, alertId));
      await removeAlert(db, organizationId, alertId);
      return {
        answer: alert,
        change: {
          action: 'alert.deleted',
          subject: { kind: 'alert', id: alertId },
          before: alert,
          after: null,
        },
      };
    },
  }),
];
