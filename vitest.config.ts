import { defineConfig } from 'vitest/config';

/** Calls of which most is waiting and typing: several at once. */
const CALLS = [
  'test/agent/call/{call,model-fails}.test.ts',
  'test/agent/worker/worker-gone.test.ts',
  'test/agent/line/phone-call.test.ts',
  'test/phone-line/{access,calls,transfer}.test.ts',
  'test/rehearsal/caller/caller.test.ts',
  'test/rehearsal/simulators/openai-realtime/{agents-plugin,real-mind}.test.ts',
  'test/rehearsal/{office-rehearser,played-from-calls,typed-scenarios}.test.ts',
  'test/start/main.test.ts',
  'test/web/page.test.ts',
  'test/web/office/test-call.test.ts',
];

/** People who talk in real time: one suite after the other, or two cores make them stammer. */
const VOICES = [
  'test/e2e/**/*.test.ts',
  'test/rehearsal/{played-phone-scenarios,played-scenarios}.test.ts',
];

/** Each runs on a real account, and only when one is named. */
const LIVE = {
  CALCOM_TEST_URL: 'test/calendar/calcom/live.test.ts',
  CALDAV_TEST_URL: 'test/calendar/caldav/live.test.ts',
};
const UNASKED = Object.entries(LIVE).flatMap(([asks, file]) => (process.env[asks] ? [] : [file]));

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/fixed-seed.ts'],
    // These end what hangs; a busy machine is slow and not wrong.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: process.env['CI'] ? ['default', 'json'] : ['default'],
    outputFile: { json: '.slotline/test-report.json' },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...CALLS, ...VOICES, ...UNASKED],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'calls', include: CALLS, maxWorkers: 3, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'voices', include: VOICES, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
