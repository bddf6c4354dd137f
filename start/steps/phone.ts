import { join } from 'node:path';
import { stringify } from 'yaml';
import { nodeCommand } from './node-command.ts';
import { childEnvironment } from '../child-environment.ts';
import type { ChosenProgram } from '../config.ts';
import { findProgram } from '../find-program.ts';
import type { Command, StartStep } from '../part.ts';
import { DEMO_NUMBER } from '../plan.ts';
import type { StartPlan } from '../plan.ts';
import { writePrivateFile } from '../../runtime/running/private-file.ts';
import { StartError } from '../start-error.ts';

const HOW_TO_GET_REDIS =
  'Redis is missing, which LiveKit SIP needs: install it (Debian: apt-get install redis-server, macOS: brew install redis), or name the program in REDIS_SERVER_BIN.';
const HOW_TO_GET_SIP =
  'LiveKit SIP is missing: build it from github.com/livekit/sip (Go, libopus, libopusfile and libsoxr) or copy it out of the image livekit/sip, put "livekit-sip" on the PATH or name it in LIVEKIT_SIP_BIN. Without --phone the web line works as before.';

/** Redis, which LiveKit server and LiveKit SIP speak with each other by. */
export function redisStep(plan: StartPlan): StartStep {
  const { redis } = plan.ports;
  return {
    kind: 'part',
    name: 'redis',
    title: 'Redis',
    needs: [],
    command: async () => ({
      file: await findOrExplain(plan, 'REDIS_SERVER_BIN', 'redis-server', HOW_TO_GET_REDIS),
      // Nothing is kept: rooms and trunks are written anew by every start.
      arguments: [
        '--port',
        String(redis),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--dir',
        plan.dataDirectory,
      ],
      environment: childEnvironment(plan.environment, {}),
    }),
    readiness: { by: 'tcp', port: redis },
    detail: `127.0.0.1:${redis}`,
    stop: { stage: 'database', killAfter: 1_000 },
    sources: [],
  };
}

/** LiveKit SIP and the demo number on it. */
export function sipSteps(plan: StartPlan): StartStep[] {
  const { sip } = plan.ports;
  return [
    {
      kind: 'part',
      name: 'livekit-sip',
      title: 'LiveKit SIP',
      needs: ['livekit'],
      command: async () => {
        const path = join(plan.dataDirectory, 'livekit-sip.yaml');
        const file = await findOrExplain(plan, 'LIVEKIT_SIP_BIN', 'livekit-sip', HOW_TO_GET_SIP);
        await writePrivateFile(path, stringify(sipConfig(plan)));
        return {
          file,
          arguments: ['--config', path],
          environment: childEnvironment(plan.environment, {}),
        };
      },
      readiness: { by: 'tcp', port: sip },
      detail: `127.0.0.1:${sip}`,
      // Its first SIGTERM waits for calls to end.
      stop: { stage: 'media', againAfter: 200, killAfter: 1_500 },
      sources: [],
    },
    {
      kind: 'preparation',
      name: 'demo-number',
      title: 'demo number',
      needs: ['livekit-sip', 'migrations'],
      run: async ({ runToEnd }) => {
        await runToEnd(demoNumber(plan));
        return DEMO_NUMBER;
      },
    },
  ];
}

/** Only loopback, for a softphone on this machine; docs/phone.md says what a real host needs. */
function sipConfig(plan: StartPlan): Record<string, unknown> {
  const { sip, rtp, redis } = plan.ports;
  return {
    api_key: plan.running.livekitApiKey,
    api_secret: plan.running.livekitApiSecret,
    ws_url: plan.running.livekitUrl,
    redis: { address: `127.0.0.1:${redis}` },
    sip_port: sip,
    rtp_port: `${rtp}-${rtp + 199}`,
    listen_ip: '127.0.0.1',
    // Its search for an address of its own passes over loopback.
    use_external_ip: false,
    nat_1_to_1_ip: '127.0.0.1',
    // One machine loses no late packets: a call ends when it ends.
    rtp_draining_idle_timeout: '-1s',
    // Otherwise it refuses calls while anything at all keeps the machine busy.
    max_cpu_utilization: 1,
    logging: { level: 'info', json: true },
  };
}

/** @throws {StartError} saying how to get it */
async function findOrExplain(
  { config, environment }: StartPlan,
  variable: ChosenProgram,
  name: string,
  howToGet: string,
): Promise<string> {
  const found = await findProgram(
    { name, variable, chosen: config.programs[variable] },
    environment,
  );
  if (found === undefined) throw new StartError(howToGet);
  return found;
}

/** Writes the demo number, and makes LiveKit's trunks equal the database. */
function demoNumber(plan: StartPlan): Command {
  return nodeCommand(plan, 'manage/demo/seed-demo-number.ts', {
    DATABASE_URL: plan.running.databaseUrl,
    SLOTLINE_MASTER_KEY: plan.running.masterKey,
    SLOTLINE_WORKER_NAME: plan.running.workerName,
    LIVEKIT_URL: plan.running.livekitUrl,
    LIVEKIT_API_KEY: plan.running.livekitApiKey,
    LIVEKIT_API_SECRET: plan.running.livekitApiSecret,
    DEMO_NUMBER,
  });
}
