import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartStep } from '../part.ts';
import { DEMO_NAMES, seededCalendar } from '../demo-calendars.ts';
import type { StartPlan } from '../plan.ts';
import { requireReachableForPostgres } from '../postgres-directory.ts';
import { linkPostgresLibraries } from '../postgres-libraries.ts';
import { nodeCommand } from './node-command.ts';

export function databaseSteps(plan: StartPlan): StartStep[] {
  const { databaseUrl, masterKey } = plan.running;
  const given = { DATABASE_URL: databaseUrl, SLOTLINE_MASTER_KEY: masterKey };
  const calendar = seededCalendar(plan.calendar, {
    url: `http://127.0.0.1:${plan.simulator?.port}`,
    key: plan.secrets.calendarSimulatorKey,
  });
  const demo = {
    DEMO_CALENDAR: JSON.stringify(calendar),
    DEMO_CALENDAR_NAMES: JSON.stringify(DEMO_NAMES),
  };
  const migrations: StartStep = {
    kind: 'preparation',
    name: 'migrations',
    title: 'migrations',
    needs: plan.config.databaseUrl === undefined ? ['postgres'] : [],
    run: async ({ runToEnd }) => {
      await runToEnd(nodeCommand(plan, 'db/migrate.ts', given));
      await runToEnd(nodeCommand(plan, 'manage/demo/seed-demo-agent.ts', { ...given, ...demo }));
      return plan.config.databaseUrl === undefined ? 'and agent front-desk' : 'in DATABASE_URL';
    },
  };
  if (plan.config.databaseUrl !== undefined) return [migrations];
  const program = fileURLToPath(new URL('../postgres-server.ts', import.meta.url));
  return [
    {
      kind: 'part',
      name: 'postgres',
      title: 'PostgreSQL 18',
      needs: [],
      command: async () => {
        const directory = join(plan.dataDirectory, 'data');
        await linkPostgresLibraries();
        await requireReachableForPostgres([directory, join(plan.projectRoot, 'node_modules', '.')]);
        return nodeCommand(plan, program, {
          POSTGRES_DIRECTORY: directory,
          POSTGRES_PORT: String(plan.ports.postgres),
          POSTGRES_PASSWORD: plan.secrets.postgresPassword,
          POSTGRES_DATABASE: 'slotline',
          POSTGRES_THROWAWAY: plan.throwaway ? '1' : '0',
        });
      },
      readiness: { by: 'log' },
      detail: `127.0.0.1:${plan.ports.postgres}`,
      stop: { stage: 'database', killAfter: 2_000 },
      sources: [],
    },
    migrations,
  ];
}
