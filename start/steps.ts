import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.ts';
import { getLivekitBinary } from './livekit-binary.ts';
import { writeLivekitConfig } from './livekit-config.ts';
import { isPageStale } from './page.ts';
import type { Command, StartStep } from './part.ts';
import type { StartPlan } from './plan.ts';
import { requireReachableForPostgres } from './postgres-directory.ts';

/** The parts of Slotline and what each of them needs, in the order a person reads them. */
export function slotlineSteps(plan: StartPlan): StartStep[] {
  return [
    ...databaseSteps(plan),
    ...livekitSteps(plan),
    ...pageSteps(plan),
    ...rehearsalSteps(plan),
    ...calendarSteps(plan),
    tokenServer(plan),
    worker(plan),
  ];
}

/** What the receptionist needs to be talked with by typing. */
export function consoleSteps(plan: StartPlan): StartStep[] {
  return [...databaseSteps(plan), ...rehearsalSteps(plan), ...calendarSteps(plan)];
}

/** A TypeScript file of ours, run by the same Node as this process. */
function nodeCommand(plan: StartPlan, file: string, given: Record<string, string>): Command {
  return {
    file: process.execPath,
    arguments: [file],
    environment: childEnvironment(plan.environment, {
      // Every call is a process of its own: compiled code kept from the last one saves a third of
      // the second that loading it takes.
      NODE_COMPILE_CACHE: join(plan.projectRoot, '.slotline', 'compile-cache'),
      ...given,
    }),
  };
}

function databaseSteps(plan: StartPlan): StartStep[] {
  const { databaseUrl, masterKey } = plan.running;
  const given = { DATABASE_URL: databaseUrl, SLOTLINE_MASTER_KEY: masterKey };
  const demo: Record<string, string> =
    plan.calendar === 'fake'
      ? {}
      : {
          DEMO_CALENDAR: 'calcom',
          DEMO_CALCOM_BASE_URL: `http://127.0.0.1:${plan.ports.calcomSimulator}`,
          DEMO_CALCOM_KEY: plan.secrets.calcomSimulatorKey,
        };
  const migrations: StartStep = {
    kind: 'preparation',
    name: 'migrations',
    title: 'migrations',
    needs: plan.config.databaseUrl === undefined ? ['postgres'] : [],
    run: async ({ runToEnd }) => {
      await runToEnd(nodeCommand(plan, 'db/migrate.ts', given));
      await runToEnd(nodeCommand(plan, 'booking/seed-demo-agent.ts', { ...given, ...demo }));
      return plan.config.databaseUrl === undefined ? 'and agent front-desk' : 'in DATABASE_URL';
    },
  };
  if (plan.config.databaseUrl !== undefined) return [migrations];
  const program = fileURLToPath(new URL('postgres-server.ts', import.meta.url));
  return [
    {
      kind: 'part',
      name: 'postgres',
      title: 'PostgreSQL 18',
      needs: [],
      command: async () => {
        const directory = join(plan.dataDirectory, 'data');
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

function livekitSteps(plan: StartPlan): StartStep[] {
  if (plan.config.livekit !== undefined) return [];
  const cacheHome = plan.environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  let binary = '';
  return [
    {
      kind: 'preparation',
      name: 'livekit-binary',
      title: 'LiveKit binary',
      needs: [],
      run: async ({ report, runToEnd, signal }) => {
        const found = await getLivekitBinary({
          chosen: plan.config.livekitServerBinary,
          environment: childEnvironment(plan.environment, {}),
          // The user's own first: it outlives a removed checkout, and 90 s of building are dear.
          caches: [join(cacheHome, 'slotline'), join(plan.projectRoot, '.slotline', 'bin')],
          report,
          runToEnd,
          signal,
        });
        binary = found.path;
        return found.origin;
      },
    },
    {
      kind: 'part',
      name: 'livekit',
      title: 'LiveKit server',
      needs: ['livekit-binary'],
      command: async () => {
        const path = join(plan.dataDirectory, 'livekit.yaml');
        await writeLivekitConfig(path, plan.livekitTemplate, {
          ports: plan.livekitPorts,
          apiKey: plan.running.livekitApiKey,
          apiSecret: plan.running.livekitApiSecret,
        });
        return {
          file: binary,
          arguments: ['--config', path],
          environment: childEnvironment(plan.environment, {}),
        };
      },
      readiness: { by: 'http', url: `http://127.0.0.1:${plan.livekitPorts.http}/` },
      detail: `127.0.0.1:${plan.livekitPorts.http}`,
      // The first SIGTERM only closes the door; the second sends the participants out.
      stop: { stage: 'media', againAfter: 200, killAfter: 1_500 },
      sources: [],
    },
  ];
}

function pageSteps(plan: StartPlan): StartStep[] {
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

function rehearsalSteps(plan: StartPlan): StartStep[] {
  if (!plan.running.rehearsal) return [];
  return [
    {
      kind: 'part',
      name: 'rehearsal-model',
      title: 'rehearsal model',
      needs: [],
      command: () =>
        Promise.resolve(
          nodeCommand(plan, 'simulators/openai-realtime/main.ts', {
            REHEARSAL_HOST: '127.0.0.1',
            REHEARSAL_PORT: String(plan.ports.rehearsal),
            REHEARSAL_API_KEY: plan.secrets.rehearsalApiKey,
          }),
        ),
      readiness: { by: 'log' },
      detail: `127.0.0.1:${plan.ports.rehearsal}`,
      stop: { stage: 'model', killAfter: 500 },
      sources: ['simulators'],
    },
  ];
}

function calendarSteps(plan: StartPlan): StartStep[] {
  if (plan.calendar === 'fake') return [];
  return [
    {
      kind: 'part',
      name: 'calcom-simulator',
      title: 'Cal.com simulator',
      needs: [],
      command: () =>
        Promise.resolve(
          nodeCommand(plan, 'simulators/calcom/main.ts', {
            CALCOM_SIMULATOR_HOST: '127.0.0.1',
            CALCOM_SIMULATOR_PORT: String(plan.ports.calcomSimulator),
            CALCOM_SIMULATOR_API_KEY: plan.secrets.calcomSimulatorKey,
          }),
        ),
      readiness: { by: 'log' },
      detail: `127.0.0.1:${plan.ports.calcomSimulator}`,
      stop: { stage: 'model', killAfter: 500 },
      sources: ['simulators'],
    },
  ];
}

/** What the token server and the worker both are given. */
function sharedEnvironment(plan: StartPlan): Record<string, string> {
  return {
    DATABASE_URL: plan.running.databaseUrl,
    LIVEKIT_URL: plan.running.livekitUrl,
    LIVEKIT_API_KEY: plan.running.livekitApiKey,
    LIVEKIT_API_SECRET: plan.running.livekitApiSecret,
    SLOTLINE_WORKER_NAME: plan.running.workerName,
    SLOTLINE_REHEARSAL: plan.running.rehearsal ? '1' : '0',
  };
}

function tokenServer(plan: StartPlan): StartStep {
  return {
    kind: 'part',
    name: 'token-server',
    title: 'token server',
    needs: plan.dev ? ['migrations'] : ['migrations', 'page'],
    command: () =>
      Promise.resolve(
        nodeCommand(plan, 'token-server/main.ts', {
          ...sharedEnvironment(plan),
          SLOTLINE_MASTER_KEY: plan.running.masterKey,
          HOST: plan.config.host,
          PORT: String(plan.ports.tokenServer),
          WEB_DIR: join(plan.projectRoot, 'dist', 'web'),
        }),
      ),
    readiness: { by: 'log' },
    detail: `${plan.config.host}:${plan.ports.tokenServer}`,
    stop: { stage: 'calls', killAfter: 2_000 },
    sources: ['token-server', 'booking', 'calendar', 'db'],
  };
}

function worker(plan: StartPlan): StartStep {
  const { openaiBaseUrl } = plan.running;
  const ownBaseUrl = plan.environment['OPENAI_BASE_URL'];
  return {
    kind: 'part',
    name: 'worker',
    title: 'worker',
    // The database is first used by a call, and no visitor can call before the token server is up:
    // loading the worker, which takes longest, need not wait for it.
    needs: plan.config.livekit === undefined ? ['livekit-binary'] : [],
    command: () =>
      Promise.resolve({
        ...nodeCommand(plan, 'agent/main.ts', {
          ...sharedEnvironment(plan),
          SLOTLINE_MASTER_KEY: plan.running.masterKey,
          AGENT_HEALTH_PORT: String(plan.ports.agentHealth),
          ...(openaiBaseUrl === undefined
            ? {
                OPENAI_API_KEY: plan.config.openaiApiKey ?? '',
                ...(ownBaseUrl ? { OPENAI_BASE_URL: ownBaseUrl } : {}),
              }
            : { OPENAI_API_KEY: plan.secrets.rehearsalApiKey, OPENAI_BASE_URL: openaiBaseUrl }),
        }),
        arguments: ['agent/main.ts', 'start'],
      }),
    readiness: { by: 'log' },
    detail: `"${plan.running.workerName}"`,
    stop: { stage: 'calls', killAfter: 2_500 },
    sources: ['agent', 'booking', 'calendar', 'db'],
  };
}
