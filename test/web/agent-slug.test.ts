import { describe, expect, it } from 'vitest';

import { agentSlug } from '../../web/agent-slug.ts';

describe('agentSlug', () => {
  it.each([
    ['/', 'front-desk'],
    ['/a/dentist', 'dentist'],
    ['/a/dentist/', 'dentist'],
    ['/a/caf%C3%A9', 'café'],
    ['/a/%E0%A4', '%E0%A4'],
    ['/a/', 'front-desk'],
    ['/a/one/two', 'front-desk'],
  ])('opens for %s the agent %s', (pathname, slug) => {
    expect(agentSlug(pathname)).toBe(slug);
  });
});
