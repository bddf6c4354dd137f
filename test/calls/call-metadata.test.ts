import { expect, it } from 'vitest';
import { CallMetadataError, parseCallMetadata } from '../../calls/call-metadata.ts';

const agentId = '7b1f2c1e-7c1a-4b52-9a53-0d1f3a5e9b10';

function read(metadata: object) {
  return parseCallMetadata(JSON.stringify({ v: 1, agentId, calendar: null, ...metadata }));
}

it.each([
  ['no caller', {}, {}],
  ['null', { caller: null }, {}],
  ['a list', { caller: [] }, {}],
  ['text', { caller: 'Mary' }, {}],
  [
    'a zone that nobody knows',
    { caller: { timeZone: 'Etc/Unknown', name: 'Mary' } },
    { name: 'Mary' },
  ],
  ['a number for the name', { caller: { timeZone: 'UTC', name: 7 } }, { timeZone: 'UTC' }],
  ['a name that turns text around', { caller: { name: '\u202eyraM' } }, { name: 'yraM' }],
  [
    'a field of a later version',
    { caller: { timeZone: 'UTC', mood: 'good' } },
    { timeZone: 'UTC' },
  ],
])('serves a caller of whom is told: %s', (_what, metadata, caller) => {
  expect(read(metadata).caller).toEqual(caller);
});

it('names a field that a call cannot go without', () => {
  expect(() => read({ agentId: 'front-desk' })).toThrow(CallMetadataError);
  expect(() => read({ agentId: 'front-desk' })).toThrow(/agentId/);
});
