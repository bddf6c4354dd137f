import { join } from 'node:path';
import type { StartStep } from '../part.ts';
import type { StartPlan } from '../plan.ts';
import { nodeCommand } from './node-command.ts';
import { hasOffice, officeUrl } from './office.ts';

/** The rooms behind the front ends. */
const BEHIND = ['booking', 'calls', 'calendar', 'db', 'runtime'];

export function tokenServer(plan: StartPlan): StartStep {
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
          OFFICE: hasOffice(plan) ? '1' : '0',
          OFFICE_URL: officeUrl(plan),
          OIDC_CLIENT_SECRET: plan.config.oidcClientSecret ?? '',
          ...recordingsEnvironment(plan),
          WEB_DIR: join(plan.projectRoot, 'dist', 'web'),
        }),
      ),
    readiness: { by: 'log' },
    detail: `${plan.config.host}:${plan.ports.tokenServer}`,
    stop: { stage: 'calls', killAfter: 2_000 },
    sources: ['token-server', 'manage', ...BEHIND],
  };
}

/** What a worker is called, and where it is. */
interface WorkerPlace {
  name: string;
  title: string;
  /** By which it is dispatched. */
  workerName: string;
  healthPort: number;
  /** Whether it does what scenarios ask of it. */
  isForRehearsal: boolean;
}

/** The one that callers meet, unless another place is given. */
export function worker(
  plan: StartPlan,
  place: WorkerPlace = {
    name: 'worker',
    title: 'worker',
    workerName: plan.running.workerName,
    healthPort: plan.ports.agentHealth,
    isForRehearsal: plan.running.rehearsal,
  },
): StartStep {
  const { openaiBaseUrl } = plan.running;
  const { openaiApiKey, openaiBaseUrl: ownBaseUrl } = plan.config;
  return {
    kind: 'part',
    name: place.name,
    title: place.title,
    // The database is first used by a call, and no visitor can call before the token server is up:
    // loading the worker, which takes longest, need not wait for it.
    needs: plan.config.livekit === undefined ? ['livekit-binary'] : [],
    command: () =>
      Promise.resolve({
        ...nodeCommand(plan, 'agent/main.ts', {
          ...sharedEnvironment(plan),
          SLOTLINE_MASTER_KEY: plan.running.masterKey,
          SLOTLINE_WORKER_NAME: place.workerName,
          SLOTLINE_REHEARSAL: place.isForRehearsal ? '1' : '0',
          AGENT_HEALTH_PORT: String(place.healthPort),
          ...recordingsEnvironment(plan),
          ...(openaiBaseUrl === undefined
            ? {
                OPENAI_API_KEY: openaiApiKey ?? '',
                ...(ownBaseUrl === undefined ? {} : { OPENAI_BASE_URL: ownBaseUrl }),
              }
            : { OPENAI_API_KEY: plan.secrets.rehearsalApiKey, OPENAI_BASE_URL: openaiBaseUrl }),
        }),
        arguments: ['agent/main.ts', 'start'],
      }),
    readiness: { by: 'log' },
    detail: `"${place.workerName}"`,
    stop: { stage: 'calls', killAfter: 2_500 },
    sources: ['agent', ...BEHIND],
  };
}

export function jobs(plan: StartPlan): StartStep {
  return {
    kind: 'part',
    name: 'jobs',
    title: 'jobs',
    needs: ['migrations'],
    command: () =>
      Promise.resolve(
        nodeCommand(plan, 'jobs/main.ts', {
          DATABASE_URL: plan.running.databaseUrl,
          SLOTLINE_MASTER_KEY: plan.running.masterKey,
          SMTP_URL: plan.config.smtpUrl ?? '',
          ...clientSecrets(plan),
          ...recordingsEnvironment(plan),
        }),
      ),
    readiness: { by: 'log' },
    stop: { stage: 'calls', killAfter: 2_500 },
    sources: ['jobs', ...BEHIND],
  };
}

/** Where recordings lie: in the data directory, unless another place is named. */
function recordingsEnvironment({ environment, dataDirectory }: StartPlan): Record<string, string> {
  if (environment['RECORDINGS_S3_BUCKET']) {
    return { RECORDINGS_S3_SECRET: environment['RECORDINGS_S3_SECRET'] ?? '' };
  }
  if (environment['RECORDINGS_FOLDER']) return {};
  return { RECORDINGS_FOLDER: join(dataDirectory, 'recordings') };
}

/**
 * Of our clients at calendars' providers: whoever uses a calendar may have to renew its access, or
 * register what the client signs.
 */
function clientSecrets({ environment }: StartPlan): Record<string, string> {
  const secrets = Object.entries(environment).flatMap(([name, value]) =>
    /_(?:CLIENT|SIGNING)_SECRET$/.test(name) && name !== 'OIDC_CLIENT_SECRET' && value !== undefined
      ? [[name, value] as const]
      : [],
  );
  return Object.fromEntries(secrets);
}

/** What the roles that know LiveKit are given. */
export function sharedEnvironment(plan: StartPlan): Record<string, string> {
  return {
    ...clientSecrets(plan),
    DATABASE_URL: plan.running.databaseUrl,
    LIVEKIT_URL: plan.running.livekitUrl,
    LIVEKIT_API_KEY: plan.running.livekitApiKey,
    LIVEKIT_API_SECRET: plan.running.livekitApiSecret,
    SLOTLINE_WORKER_NAME: plan.running.workerName,
    SLOTLINE_REHEARSAL: plan.running.rehearsal ? '1' : '0',
  };
}
