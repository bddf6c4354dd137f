/**
 * An agent's name in addresses, as the database enforces it (migration 0001): small letters, digits and
 * hyphens, 63 at most. What has another shape names no agent.
 */
export const AGENT_SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
