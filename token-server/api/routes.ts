import { ALERT_ROUTES } from './resources/alerts.ts';
import { ANALYTICS_ROUTES } from './resources/analytics.ts';
import { USAGE_ROUTES } from './resources/usage.ts';
import { AGENT_DRAFT_ROUTES } from './resources/agent-drafts.ts';
import { AGENT_ROUTES } from './resources/agents.ts';
import { API_KEY_ROUTES } from './resources/api-keys.ts';
import { APPOINTMENT_CHANGE_ROUTES } from './resources/appointment-changes.ts';
import { APPOINTMENT_ROUTES } from './resources/appointments.ts';
import { AUDIT_LOG_ROUTES } from './resources/audit-log.ts';
import { CALL_ACTION_ROUTES } from './resources/call-actions.ts';
import { CALL_FILE_ROUTES } from './resources/call-files.ts';
import { CALL_ROUTES } from './resources/calls.ts';
import { INVITATION_ROUTES } from './resources/invitations.ts';
import { ME_ROUTES } from './resources/me.ts';
import { MEMBER_ROUTES } from './resources/members.ts';
import { TODAY_ROUTES } from './resources/today.ts';
import { SCENARIO_ROUTES } from './resources/scenarios.ts';
import { TEST_CALL_ROUTES } from './resources/test-calls.ts';
import { BOOKING_EVENT_ROUTES } from './resources/booking-events.ts';
import { CALENDAR_HEALTH_ROUTES } from './resources/calendar-health.ts';
import { CALENDAR_PROVIDER_ROUTES } from './resources/calendar-providers.ts';
import { CALENDAR_SIGN_IN_ROUTES } from './resources/calendar-sign-ins.ts';
import { CALENDAR_ROUTES } from './resources/calendars.ts';
import { NUMBER_ROUTES } from './resources/numbers.ts';
import { OFFER_PREVIEW_ROUTES } from './resources/offer-preview.ts';
import { PHONE_LINE_ROUTES } from './resources/phone-line.ts';
import { TRUNK_ROUTES } from './resources/trunks.ts';
import { BLOCKED_CALLER_ROUTES } from './resources/blocked-callers.ts';
import { MESSAGE_ROUTES } from './resources/messages.ts';
import { WEBHOOK_DELIVERY_ROUTES } from './resources/webhook-deliveries.ts';
import { WEBHOOK_ENDPOINT_ROUTES } from './resources/webhook-endpoints.ts';
import { ORGANIZATION_ROUTES } from './resources/organization.ts';
import type { Route } from './route.ts';

const ALL = [
  ...ME_ROUTES,
  ...TODAY_ROUTES,
  ...CALL_ROUTES,
  ...CALL_ACTION_ROUTES,
  ...CALL_FILE_ROUTES,
  ...ORGANIZATION_ROUTES,
  ...AGENT_ROUTES,
  ...AGENT_DRAFT_ROUTES,
  ...TEST_CALL_ROUTES,
  ...SCENARIO_ROUTES,
  ...CALENDAR_PROVIDER_ROUTES,
  ...CALENDAR_ROUTES,
  ...CALENDAR_SIGN_IN_ROUTES,
  ...CALENDAR_HEALTH_ROUTES,
  ...BOOKING_EVENT_ROUTES,
  ...OFFER_PREVIEW_ROUTES,
  ...NUMBER_ROUTES,
  ...TRUNK_ROUTES,
  ...PHONE_LINE_ROUTES,
  ...APPOINTMENT_ROUTES,
  ...APPOINTMENT_CHANGE_ROUTES,
  ...MESSAGE_ROUTES,
  ...BLOCKED_CALLER_ROUTES,
  ...MEMBER_ROUTES,
  ...INVITATION_ROUTES,
  ...API_KEY_ROUTES,
  ...WEBHOOK_ENDPOINT_ROUTES,
  ...WEBHOOK_DELIVERY_ROUTES,
  ...AUDIT_LOG_ROUTES,
  ...ANALYTICS_ROUTES,
  ...USAGE_ROUTES,
  ...ALERT_ROUTES,
];

/** Every route of the API. */
export const ROUTES: readonly Route[] = ALL;

/** The same as a client sees them: ids, and what goes in and out. */
export type RouteTypes = NonNullable<(typeof ALL)[number]['types']>;
