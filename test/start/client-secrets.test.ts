import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStartConfig } from '../../start/config.ts';
import { readLivekitTemplate } from '../../start/livekit-config.ts';
import type { StartStep } from '../../start/part.ts';
import { makePlan } from '../../start/plan.ts';
import { loadSecrets } from '../../start/secrets.ts';
import { slotlineSteps } from '../../start/steps.ts';

const projectRoot = join(import.meta.dirname, '../..');
const USERS_OF_CALENDARS = ['jobs', 'token-server', 'worker'];
/** What nobody has to be started for. */
const OWN_SERVERS = {
  DATABASE_URL: 'postgres://127.0.0.1/slotline',
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a secret of thirty-two characters',
};
let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'slotline-client-'));
});
afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

async function steps(
  calendar: 'fake' | 'google-simulator',
  environment: NodeJS.ProcessEnv,
): Promise<StartStep[]> {
  const plan = await makePlan({
    projectRoot,
    dataDirectory,
    environment,
    config: readStartConfig(OWN_SERVERS),
    secrets: await loadSecrets(dataDirectory),
    livekitTemplate: await readLivekitTemplate(join(projectRoot, 'livekit.yaml')),
    ephemeral: true,
    throwaway: true,
    dev: false,
    rehearsal: true,
    calendar,
    phone: false,
    port: undefined,
  });
  return slotlineSteps(plan);
}

/** The names of the parts that are told a value, whatever they call it. */
async function toldOf(all: readonly StartStep[], value: string): Promise<string[]> {
  const told: string[] = [];
  for (const step of all) {
    if (step.kind !== 'part') continue;
    const { environment } = await step.command();
    if (Object.values(environment).includes(value)) told.push(step.name);
  }
  return told.toSorted();
}

test('the secrets of a client at a provider reach those who use calendars, and nobody else', async () => {
  const all = await steps('fake', {
    GOOGLE_CLIENT_SECRET: 'canary',
    CALENDLY_SIGNING_SECRET: 'signs',
    OIDC_CLIENT_SECRET: 'other',
  });
  expect(await toldOf(all, 'canary')).toEqual(USERS_OF_CALENDARS);
  expect(await toldOf(all, 'signs')).toEqual(USERS_OF_CALENDARS);
  expect(await toldOf(all, 'other')).toEqual([]);
});

test('a simulator that owners sign in to is told to the same', async () => {
  const all = await steps('google-simulator', {});
  const { calendarSimulatorKey } = await loadSecrets(dataDirectory);
  expect(await toldOf(all, calendarSimulatorKey)).toEqual([
    'google-simulator',
    ...USERS_OF_CALENDARS,
  ]);
});
