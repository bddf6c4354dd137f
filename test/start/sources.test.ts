import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStartConfig } from '../../start/config.ts';
import { DEMO_CALENDARS } from '../../start/demo-calendars.ts';
import { readLivekitTemplate } from '../../start/livekit-config.ts';
import { makePlan } from '../../start/plan.ts';
import { loadSecrets } from '../../start/secrets.ts';
import { slotlineSteps } from '../../start/steps.ts';

const projectRoot = join(import.meta.dirname, '../..');
let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'slotline-sources-'));
});
afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

test.each(DEMO_CALENDARS)(
  'every folder that restarts a part is there, with %s',
  async (calendar) => {
    const plan = await makePlan({
      projectRoot,
      dataDirectory,
      environment: {},
      config: readStartConfig({}),
      secrets: await loadSecrets(dataDirectory),
      livekitTemplate: await readLivekitTemplate(join(projectRoot, 'livekit.yaml')),
      ephemeral: true,
      throwaway: true,
      dev: true,
      rehearsal: true,
      calendar,
      phone: true,
      port: undefined,
    });
    const folders = slotlineSteps(plan).flatMap((step) =>
      step.kind === 'part' ? step.sources : [],
    );
    expect(folders.length).toBeGreaterThan(5);
    for (const folder of folders) {
      expect((await stat(join(projectRoot, folder))).isDirectory()).toBe(true);
    }
  },
);
