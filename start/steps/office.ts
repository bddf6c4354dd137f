import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartStep } from '../part.ts';
import type { StartPlan } from '../plan.ts';
import { nodeCommand } from './node-command.ts';

/** On a machine of one's own by itself, unless all data goes at the end. */
export function hasOffice({ config, throwaway }: StartPlan): boolean {
  return config.office ?? (config.isLocal && !throwaway);
}

/** Where the office is: passkeys know localhost, and no address in numbers. */
export function officeUrl(plan: StartPlan): string {
  return plan.config.officeUrl ?? plan.running.url.replace('127.0.0.1', 'localhost');
}

/** Shows the link that makes the first owner, as long as there is none. */
export function officeSteps(plan: StartPlan): StartStep[] {
  if (!hasOffice(plan)) return [];
  const file = join(plan.dataDirectory, 'setup-link.txt');
  return [
    {
      kind: 'preparation',
      name: 'office',
      title: 'set-up link',
      needs: ['migrations'],
      run: async ({ runToEnd }) => {
        await rm(file, { force: true });
        await runToEnd(
          nodeCommand(plan, 'manage/accounts/first-setup-link.ts', {
            DATABASE_URL: plan.running.databaseUrl,
            OFFICE_URL: officeUrl(plan),
            SETUP_LINK_FILE: file,
          }),
        );
        const link = await readFile(file, 'utf8').catch(() => undefined);
        await rm(file, { force: true });
        return link;
      },
    },
  ];
}
