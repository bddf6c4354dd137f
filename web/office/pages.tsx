import type { ComponentType } from 'react';
import type { Action } from './api/route-types.ts';
import type { IconName } from './components/icon.tsx';

/** How the navigation is divided, in this order. */
export const GROUPS = {
  day: 'The day',
  receptionist: 'The receptionist',
  organization: 'The organization',
} as const;

export interface OfficePage {
  /** Under /office; empty: the first page. A detail is `calls/:callId`. */
  path: string;
  /** In the navigation and in the title of the window. */
  words: string;
  /** Null: not in the navigation, since another page leads there. */
  group: keyof typeof GROUPS | null;
  icon: IconName;
  /** What its reader must be allowed; null: whoever has signed in. */
  action: Action | null;
  load: () => Promise<ComponentType>;
}

/** Every page that somebody who has signed in can open, in the order of the navigation. */
export const PAGES: readonly OfficePage[] = [
  {
    path: '',
    words: 'Today',
    group: 'day',
    icon: 'today',
    action: 'today:read',
    load: async () => (await import('./pages/today/index.tsx')).TodayPage,
  },
  {
    path: 'calls',
    words: 'Calls',
    group: 'day',
    icon: 'calls',
    action: 'calls:read',
    load: async () => (await import('./pages/calls/index.tsx')).CallsPage,
  },
  {
    path: 'calls/:callId',
    words: 'Call',
    group: null,
    icon: 'calls',
    action: 'calls:read',
    load: async () => (await import('./pages/call/index.tsx')).CallPage,
  },
  {
    path: 'appointments',
    words: 'Appointments',
    group: 'day',
    icon: 'appointments',
    action: 'appointments:read',
    load: async () => (await import('./pages/appointments/index.tsx')).AppointmentsPage,
  },
  {
    path: 'messages',
    words: 'Messages',
    group: 'day',
    icon: 'messages',
    action: 'messages:read',
    load: async () => (await import('./pages/messages/index.tsx')).MessagesPage,
  },
  {
    path: 'agents',
    words: 'Agents',
    group: 'receptionist',
    icon: 'agents',
    action: 'agents:read',
    load: async () => (await import('./pages/agents/index.tsx')).AgentsPage,
  },
  {
    path: 'agents/:slug',
    words: 'Agent',
    group: null,
    icon: 'agents',
    action: 'agents:read',
    load: async () => (await import('./pages/agent/index.tsx')).AgentPage,
  },
  {
    path: 'events',
    words: 'Booking events',
    group: 'receptionist',
    icon: 'events',
    action: 'booking-events:read',
    load: async () => (await import('./pages/events/index.tsx')).EventsPage,
  },
  {
    path: 'events/new',
    words: 'Add a booking event',
    group: null,
    icon: 'events',
    action: 'booking-events:write',
    load: async () => (await import('./pages/events/event-page.tsx')).NewEventPage,
  },
  {
    path: 'events/:eventId',
    words: 'Booking event',
    group: null,
    icon: 'events',
    action: 'booking-events:read',
    load: async () => (await import('./pages/events/event-page.tsx')).EventPage,
  },
  {
    path: 'calendars',
    words: 'Calendars',
    group: 'receptionist',
    icon: 'calendars',
    action: 'calendars:read',
    load: async () => (await import('./pages/calendars/index.tsx')).CalendarsPage,
  },
  {
    path: 'calendars/:calendarId',
    words: 'Calendar',
    group: null,
    icon: 'calendars',
    action: 'calendars:read',
    load: async () => (await import('./pages/calendars/calendar-page.tsx')).CalendarPage,
  },
  {
    path: 'numbers',
    words: 'Numbers',
    group: 'receptionist',
    icon: 'numbers',
    action: 'numbers:read',
    load: async () => (await import('./pages/numbers/index.tsx')).NumbersPage,
  },
  {
    path: 'webhooks',
    words: 'Webhooks',
    group: 'organization',
    icon: 'hooks',
    action: 'webhooks:read',
    load: async () => (await import('./pages/webhooks/index.tsx')).WebhooksPage,
  },
  {
    path: 'webhooks/:endpointId',
    words: 'Webhook endpoint',
    group: null,
    icon: 'hooks',
    action: 'webhooks:read',
    load: async () => (await import('./pages/webhooks/endpoint-page.tsx')).WebhookEndpointPage,
  },
  {
    path: 'webhooks/:endpointId/deliveries/:deliveryId',
    words: 'Webhook delivery',
    group: null,
    icon: 'hooks',
    action: 'webhooks:read',
    load: async () => (await import('./pages/webhooks/delivery-page.tsx')).WebhookDeliveryPage,
  },
  {
    path: 'guide',
    words: 'First steps',
    group: 'organization',
    icon: 'guide',
    action: 'organization:write',
    load: async () => (await import('./pages/guide/index.tsx')).GuidePage,
  },
  {
    path: 'team',
    words: 'Team and roles',
    group: 'organization',
    icon: 'team',
    action: 'members:read',
    load: async () => (await import('./pages/team/index.tsx')).TeamPage,
  },
  {
    path: 'api-keys',
    words: 'API keys',
    group: 'organization',
    icon: 'key',
    action: 'api-keys:read',
    load: async () => (await import('./pages/api-keys/index.tsx')).ApiKeysPage,
  },
  {
    path: 'audit-log',
    words: 'Audit log',
    group: 'organization',
    icon: 'audit',
    action: 'audit:read',
    load: async () => (await import('./pages/audit-log/index.tsx')).AuditLogPage,
  },
  {
    path: 'settings',
    words: 'Settings',
    group: 'organization',
    icon: 'settings',
    action: 'organization:read',
    load: async () => (await import('./pages/settings/index.tsx')).SettingsPage,
  },
  {
    path: 'account',
    words: 'Your account',
    group: null,
    icon: 'account',
    action: null,
    load: async () => (await import('./pages/account/index.tsx')).AccountPage,
  },
  {
    path: 'analytics',
    words: 'Analytics',
    group: 'day',
    icon: 'analytics',
    action: 'analytics:read',
    load: async () => (await import('./pages/analytics/index.tsx')).AnalyticsPage,
  },
  {
    path: 'alerts',
    words: 'Alerts',
    group: 'day',
    icon: 'alert',
    action: 'alerts:read',
    load: async () => (await import('./pages/alerts/index.tsx')).AlertsPage,
  },
];
