import type { ItemOf } from '../../api/route-types.ts';

export type Role = ItemOf<'listMembers'>['role'];

/** What a role is for, to who gives it. */
export const ROLES: Record<Role, string> = {
  owner: 'Everything, and makes other owners.',
  admin: 'Everything, but for making owners.',
  staff: 'Sees calls, messages and appointments, and acts on appointments and messages.',
  viewer: 'Sees, and changes nothing.',
};
