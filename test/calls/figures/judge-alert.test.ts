import { expect, test } from 'vitest';
import { judgeAlert } from '../../../calls/figures/judge-alert.ts';
import type { AlertState } from '../../../db/values.ts';

const WAIT = { direction: 'above', threshold: 2_000, clearsAt: 1_500, leastCases: 20 } as const;

function follow(alert: Parameters<typeof judgeAlert>[0], values: readonly (number | null)[]) {
  let { state } = alert;
  return values.map((value) => {
    state = judgeAlert({ ...alert, state }, { value, cases: value === null ? 0 : 50 });
    return state;
  });
}

test('tells once of what swings around the threshold', () => {
  expect(follow({ ...WAIT, state: 'quiet' }, [1_900, 2_001, 1_999, 2_100, 1_501, 1_500])).toEqual([
    'quiet',
    'raised',
    'raised',
    'raised',
    'raised',
    'quiet',
  ]);
});

test('watches what falls below as well', () => {
  const success = { ...WAIT, direction: 'below', threshold: 60, clearsAt: 70 } as const;
  expect(follow({ ...success, state: 'quiet' }, [60, 59, 65, 70])).toEqual([
    'quiet',
    'raised',
    'raised',
    'quiet',
  ]);
});

test.each<AlertState>(['quiet', 'raised'])('stays %s while there are too few cases', (state) => {
  expect(judgeAlert({ ...WAIT, state }, { value: 9_000, cases: 19 })).toBe(state);
  expect(judgeAlert({ ...WAIT, state }, { value: 0, cases: 19 })).toBe(state);
  expect(judgeAlert({ ...WAIT, state }, { value: null, cases: 0 })).toBe(state);
});
