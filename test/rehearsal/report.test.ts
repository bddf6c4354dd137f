import { describe, expect, it } from 'vitest';

import type { Step } from '../../rehearsal/play.ts';
import type { Result } from '../../rehearsal/rehearse.ts';
import {
  countSentences,
  describeResult,
  summarize,
  tabulateHitRates,
} from '../../rehearsal/report.ts';

/** A call of a greeting and so many sentences, some of which were said again. */
function call(
  file: string,
  voice: string | null,
  said: { sentences: number; repeated?: number; failed?: string },
): Result {
  const steps = Array.from({ length: said.sentences + 1 }, (_, index): Step => ({
    number: index + 1,
    kind: index === 0 ? 'hear' : index % 2 === 0 ? 'play' : 'say',
    text: 'yes please',
    ok: true,
    detail: '',
    startedAt: index * 1_000,
    endedAt: index * 1_000 + 500,
    latency: null,
    repeatedAt: index > 0 && index <= (said.repeated ?? 0) ? index * 1_000 + 700 : null,
  }));
  return {
    name: file,
    file,
    voice,
    ok: said.failed === undefined,
    steps,
    checks: [{ name: 'outcome', ok: said.failed === undefined, detail: said.failed ?? '' }],
    agentJoinedAfter: 100,
    firstSoundAfter: 200,
    durationMilliseconds: 9_000,
    folder: 'here',
  };
}

const results = [
  call('books.yaml', 'rms', { sentences: 5, repeated: 1 }),
  call('books.yaml', 'af_heart', { sentences: 3, failed: 'no_booking instead of booked' }),
  call('moves.yaml', 'rms', { sentences: 3 }),
];

describe('the report of several calls', () => {
  it('tells how often each scenario and each voice passed, and how often they were asked again', () => {
    const rows = tabulateHitRates(results)
      .split('\n')
      .map((line) => line.trim().replace(/\s{2,}/g, ' | '));
    expect(rows).toEqual([
      'passed | rate | repeated | scenario',
      '1 of 2 | 50 of 100 | 12.5 of 100 | books.yaml',
      '✗ outcome: no_booking instead of booked',
      '1 of 1 | 100 of 100 | 0 of 100 | moves.yaml',
      '',
      'passed | rate | repeated | voice',
      '2 of 2 | 100 of 100 | 12.5 of 100 | rms',
      '0 of 1 | 0 of 100 | 0 of 100 | af_heart',
    ]);
    expect(summarize(results)).toBe(
      '2 passed, 1 failed (66.7 of 100); sentences said again: 1 of 11 (9.1 of 100)',
    );
  });

  it('counts no sentence that was typed', () => {
    const typed = [call('books.yaml', null, { sentences: 4 })];
    expect(countSentences(typed)).toEqual({ sentences: 0, repeated: 0 });
    expect(summarize(typed)).toBe('1 passed, 0 failed (100 of 100)');
    expect(tabulateHitRates(typed)).not.toContain('voice');
  });

  it('shows of one call when a sentence was said again', () => {
    expect(describeResult(results[0]!)).toContain('say yes please (said again at 1.70 s)');
  });
});
