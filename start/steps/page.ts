import { join } from 'node:path';
import { childEnvironment } from '../child-environment.ts';
import { isPageStale } from '../page.ts';
import type { Command, StartStep } from '../part.ts';
import type { StartPlan } from '../plan.ts';

export function pageSteps(plan: StartPlan): StartStep[] {
  // Its file rather than node_modules/.bin/vite: that one would pick a Node of its own.
  const vite = join(plan.projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  const command = (given: string[], environment: Record<string, string>): Command => ({
    file: process.execPath,
    arguments: [vite, ...given],
    environment: childEnvironment(plan.environment, environment),
  });
  if (plan.dev) {
    return [
      {
        kind: 'part',
        name: 'page',
        title: 'page (Vite)',
        needs: [],
        command: () =>
          Promise.resolve(
            command(['web'], {
              PORT: String(plan.ports.tokenServer),
              SLOTLINE_WEB_PORT: String(plan.ports.webDev),
            }),
          ),
        readiness: { by: 'http', url: `http://127.0.0.1:${plan.ports.webDev}/` },
        detail: `127.0.0.1:${plan.ports.webDev}`,
        stop: { stage: 'calls', killAfter: 1_000 },
        sources: [],
      },
    ];
  }
  return [
    {
      kind: 'preparation',
      name: 'page',
      title: 'page',
      needs: [],
      run: async ({ runToEnd }) => {
        if (!(await isPageStale(plan.projectRoot))) return undefined;
        await runToEnd(command(['build', 'web', '--logLevel', 'warn'], {}));
        return 'built into dist/web';
      },
    },
  ];
}
