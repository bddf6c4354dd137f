import { defineConfig } from 'vitest/config';

/** Suites in which people talk in real time: one after the other, or two cores make them stammer. */
const CALLS = [
  'test/e2e/**/*.test.ts',
  'test/agent/call/call.test.ts',
  'test/agent/line/phone-call.test.ts',
  'test/phone-line/{calls,transfer}.test.ts',
  'test/rehearsal/caller/caller.test.ts',
  'test/rehearsal/{played-phone-scenarios,played-scenarios,ten-callers,typed-scenarios}.test.ts',
  'test/rehearsal/simulators/openai-realtime/{agents-plugin,real-mind}.test.ts',
  'test/start/main.test.ts',
  'test/web/page.test.ts',
];

/** Runs on a real account, and only when one is named. */
const LIVE = ['test/calendar/calcom/live.test.ts'];
const UNASKED = process.env['CALCOM_TEST_URL'] ? [] : LIVE;

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', 'json'] : ['default'],
    outputFile: { json: '.slotline/test-report.json' },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...CALLS, ...UNASKED],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'calls', include: CALLS, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
