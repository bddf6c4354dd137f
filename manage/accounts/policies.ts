import type { Role } from '../../db/values.ts';

const EVERYONE: readonly Role[] = ['owner', 'admin', 'staff', 'viewer'];
const OWNERS: readonly Role[] = ['owner'];
const MANAGERS: readonly Role[] = ['owner', 'admin'];
/** Who sees to callers and what they want. */
const FRONT_DESK: readonly Role[] = ['owner', 'admin', 'staff'];

interface Policy {
  /** Members who may. */
  roles: readonly Role[];
  /** Whether an API key can be given it, as a scope. */
  isScope: boolean;
}

/** Who may do what to what: the one table, for the API, the pages and whatever comes beside them. */
export const POLICIES = {
  'agents:read': { roles: EVERYONE, isScope: true },
  'agents:write': { roles: MANAGERS, isScope: true },
  // What must be proved before callers meet a draft, and to publish without the proof.
  'agents:gate': { roles: OWNERS, isScope: false },
  'calls:read': { roles: EVERYONE, isScope: true },
  // Callers' own voices: for members alone.
  'recordings:read': { roles: EVERYONE, isScope: false },
  'callers:read': { roles: EVERYONE, isScope: true },
  'callers:write': { roles: MANAGERS, isScope: true },
  'today:read': { roles: EVERYONE, isScope: true },
  // A call of a person: it takes a line and costs what calls cost.
  'agents:test': { roles: MANAGERS, isScope: false },
  'calendars:read': { roles: EVERYONE, isScope: true },
  'calendars:write': { roles: MANAGERS, isScope: true },
  // Somebody signs in at the provider, in the browser in which it was begun.
  'calendars:connect': { roles: MANAGERS, isScope: false },
  'booking-events:read': { roles: EVERYONE, isScope: true },
  'booking-events:write': { roles: MANAGERS, isScope: true },
  'numbers:read': { roles: EVERYONE, isScope: true },
  'numbers:write': { roles: MANAGERS, isScope: true },
  'appointments:read': { roles: EVERYONE, isScope: true },
  'appointments:write': { roles: FRONT_DESK, isScope: true },
  'messages:read': { roles: EVERYONE, isScope: true },
  'messages:write': { roles: FRONT_DESK, isScope: true },
  'members:read': { roles: EVERYONE, isScope: false },
  'members:write': { roles: MANAGERS, isScope: false },
  'invitations:read': { roles: MANAGERS, isScope: false },
  'invitations:write': { roles: MANAGERS, isScope: false },
  'api-keys:read': { roles: MANAGERS, isScope: false },
  'api-keys:write': { roles: MANAGERS, isScope: false },
  'webhooks:read': { roles: MANAGERS, isScope: true },
  'webhooks:write': { roles: MANAGERS, isScope: true },
  'organization:read': { roles: EVERYONE, isScope: true },
  'organization:write': { roles: MANAGERS, isScope: true },
  'audit:read': { roles: MANAGERS, isScope: true },
  'analytics:read': { roles: EVERYONE, isScope: true },
  'alerts:read': { roles: EVERYONE, isScope: true },
  'alerts:write': { roles: MANAGERS, isScope: true },
  'usage:read': { roles: MANAGERS, isScope: true },
  'usage:write': { roles: MANAGERS, isScope: false },
} satisfies Record<string, Policy>;

export type Action = keyof typeof POLICIES;

/** What an API key can be given. */
export const SCOPES = (Object.keys(POLICIES) as Action[]).filter(
  (action) => POLICIES[action].isScope,
);

/** Whose roles a role gives and takes: nobody touches those above. */
const GRANTS: Record<Role, readonly Role[]> = {
  owner: EVERYONE,
  admin: ['admin', 'staff', 'viewer'],
  staff: [],
  viewer: [],
};

/** Whom a role makes, in the order of what they may. */
export function grantsOf(role: Role): Role[] {
  return [...GRANTS[role]];
}

/** Whether a member of one role may make or unmake one of the other. */
export function mayGrant(giver: Role | null, role: Role): boolean {
  return giver !== null && GRANTS[giver].includes(role);
}
