import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { StartConfig } from './config.ts';
import {
  chosenSignIn,
  SIGN_IN_CLIENT_ID,
  SIGN_IN_SIMULATOR_PORT,
  simulatorOf,
} from './demo-calendars.ts';
import type { CalendarSimulator, DemoCalendar } from './demo-calendars.ts';
import type { LivekitPorts, LivekitTemplate } from './livekit-config.ts';
import type { PortRequest } from './ports.ts';
import { pickFreePorts } from './ports.ts';
import { StartError } from './start-error.ts';
import { hasRehearser } from './steps/rehearser.ts';
import type { Running } from '../runtime/running/running-file.ts';
import type { Secrets } from './secrets.ts';

/** Everything that is settled before the first part begins. */
export interface StartPlan {
  projectRoot: string;
  dataDirectory: string;
  environment: NodeJS.ProcessEnv;
  config: StartConfig;
  secrets: Secrets;
  livekitTemplate: LivekitTemplate;
  ports: StartConfig['ports'];
  /** What the demo's calendar is on, and its port; null where nothing stands for a provider. */
  simulator: (CalendarSimulator & { port: number }) | null;
  livekitPorts: LivekitPorts;
  /** Where the parts are reached; the page's address is the development server's under `dev`. */
  running: Running;
  dev: boolean;
  calendar: DemoCalendar;
  /** Whether calls come by LiveKit SIP, too. */
  phone: boolean;
  /** The data is thrown away at the end. */
  throwaway: boolean;
}

/** Of the numbers that are kept for fiction. */
export const DEMO_NUMBER = '+12025550100';

export interface PlanRequest extends Pick<
  StartPlan,
  'projectRoot' | 'dataDirectory' | 'environment' | 'config' | 'secrets' | 'livekitTemplate'
> {
  /** Free ports for everything. */
  ephemeral: boolean;
  throwaway: boolean;
  dev: boolean;
  /** Use the rehearsal model although there is a key. */
  rehearsal: boolean;
  /** What the demo agent books into. */
  calendar: DemoCalendar;
  phone: boolean;
  /** The page's port, from --port; wins over PORT. */
  port: number | undefined;
}

/** Settles ports, addresses and keys. */
export async function makePlan(request: PlanRequest): Promise<StartPlan> {
  const { config, secrets } = request;
  if (request.phone && config.livekit) {
    throw new StartError(
      '--phone runs its own LiveKit server: leave LIVEKIT_URL away, or connect LiveKit SIP to yours as docs/phone.md says.',
    );
  }
  let ports = config.ports;
  let livekitPorts = request.livekitTemplate.ports;
  const simulator = simulatorOf(request.calendar);
  let simulatorPort = config.simulatorPorts[simulator?.variables.port ?? ''] ?? 0;
  if (request.ephemeral) {
    const free = await pickFreePorts(13);
    const next = (): number => free.pop() ?? 0;
    ports = {
      tokenServer: next(),
      webDev: next(),
      postgres: next(),
      agentHealth: next(),
      rehearsal: next(),
      rehearsalWorker: next(),
      signInSimulator: next(),
      redis: next(),
      sip: next(),
      // Above those that are handed out one by one.
      rtp: 32_000 + 200 * randomInt(3),
    };
    simulatorPort = next();
    livekitPorts = { http: next(), udp: next(), tcp: livekitPorts.tcp === 0 ? 0 : next() };
  }
  if (request.port !== undefined) ports = { ...ports, tokenServer: request.port };

  const rehearsal = request.rehearsal || config.openaiApiKey === undefined;
  const password = encodeURIComponent(secrets.postgresPassword);
  return {
    ...request,
    environment: { ...request.environment, ...toldOfSignIn(request, ports) },
    ports,
    simulator: simulator ? { ...simulator, port: simulatorPort } : null,
    livekitPorts,
    running: {
      pid: process.pid,
      url: `http://127.0.0.1:${request.dev ? ports.webDev : ports.tokenServer}`,
      livekitUrl: config.livekit?.url ?? `ws://127.0.0.1:${livekitPorts.http}`,
      livekitApiKey: config.livekit?.apiKey ?? secrets.livekitApiKey,
      livekitApiSecret: config.livekit?.apiSecret ?? secrets.livekitApiSecret,
      databaseUrl:
        config.databaseUrl ??
        `postgres://slotline:${password}@127.0.0.1:${ports.postgres}/slotline`,
      workerName: config.workerName,
      masterKey: config.masterKey ?? secrets.masterKey,
      rehearsal,
      ...(request.phone ? { phone: { number: DEMO_NUMBER, sipPort: ports.sip } } : {}),
      ...(rehearsal ? { openaiBaseUrl: `http://127.0.0.1:${ports.rehearsal}/v1` } : {}),
    },
  };
}

/** Where the simulator is that owners sign in to, and our client there, as every process is told. */
function toldOfSignIn(
  { calendar, secrets }: Pick<PlanRequest, 'calendar' | 'secrets'>,
  ports: StartConfig['ports'],
): NodeJS.ProcessEnv {
  const simulator = chosenSignIn(calendar);
  if (!simulator) return {};
  const url = `http://127.0.0.1:${ports.signInSimulator}`;
  return {
    ...Object.fromEntries(simulator.told.urls.map((name) => [name, url])),
    [simulator.told.clientId]: SIGN_IN_CLIENT_ID,
    [simulator.told.clientSecret]: secrets.calendarSimulatorKey,
  };
}

/** The ports that the parts of this plan will listen on. */
export function listPorts(plan: StartPlan): PortRequest[] {
  const { config, ports, simulator, livekitPorts } = plan;
  const own = (
    partTitle: string,
    port: number,
    howToChange: string,
    protocol: 'tcp' | 'udp' = 'tcp',
    host = '127.0.0.1',
  ): PortRequest => ({ partTitle, port, howToChange, protocol, host });
  const template = join(plan.projectRoot, 'livekit.yaml');
  return [
    own(
      'token server',
      ports.tokenServer,
      'choose another with --port or PORT',
      'tcp',
      config.host,
    ),
    own('worker', ports.agentHealth, 'choose another with AGENT_HEALTH_PORT'),
    ...(plan.dev
      ? [own('page in development', ports.webDev, 'choose another with SLOTLINE_WEB_PORT')]
      : []),
    ...(config.databaseUrl === undefined
      ? [own('database', ports.postgres, 'choose another with POSTGRES_PORT')]
      : []),
    ...(config.livekit === undefined
      ? [
          own('LiveKit server', livekitPorts.http, `choose another as "port" in ${template}`),
          own(
            'LiveKit server',
            livekitPorts.udp,
            `choose another as "udp_port" in ${template}`,
            'udp',
          ),
          ...(livekitPorts.tcp === 0
            ? []
            : [
                own(
                  'LiveKit server',
                  livekitPorts.tcp,
                  `choose another as "tcp_port" in ${template}`,
                ),
              ]),
        ]
      : []),
    ...(simulator
      ? [own(simulator.title, simulator.port, `choose another with ${simulator.variables.port}`)]
      : []),
    ...signInPort(plan, own),
    ...(plan.phone
      ? [
          own('Redis', ports.redis, 'choose another with REDIS_PORT'),
          own('LiveKit SIP', ports.sip, 'choose another with SIP_PORT'),
          own('LiveKit SIP', ports.sip, 'choose another with SIP_PORT', 'udp'),
        ]
      : []),
    ...(hasRehearser(plan) && !plan.running.rehearsal
      ? [
          own(
            'worker for scenarios',
            ports.rehearsalWorker,
            'choose another with REHEARSAL_WORKER_PORT',
          ),
        ]
      : []),
    ...(plan.running.rehearsal
      ? [own('rehearsal model', ports.rehearsal, 'choose another with REHEARSAL_PORT')]
      : []),
  ];
}

function signInPort(
  { calendar, ports }: StartPlan,
  own: (partTitle: string, port: number, howToChange: string) => PortRequest,
): PortRequest[] {
  const simulator = chosenSignIn(calendar);
  if (!simulator) return [];
  const howToChange = `choose another with ${SIGN_IN_SIMULATOR_PORT.variable}`;
  return [own(simulator.title, ports.signInSimulator, howToChange)];
}
