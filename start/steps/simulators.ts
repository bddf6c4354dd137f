import type { Command, StartStep } from '../part.ts';
import type { StartPlan } from '../plan.ts';
import { nodeCommand } from './node-command.ts';

export function rehearsalSteps(plan: StartPlan): StartStep[] {
  if (!plan.running.rehearsal) return [];
  return [
    {
      kind: 'part',
      name: 'rehearsal-model',
      title: 'rehearsal model',
      needs: [],
      command: () =>
        Promise.resolve(
          nodeCommand(plan, 'rehearsal/simulators/openai-realtime/main.ts', {
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

export function calendarSteps(plan: StartPlan): StartStep[] {
  if (plan.calendar === 'fake') return [];
  return [
    {
      kind: 'part',
      name: 'calcom-simulator',
      title: 'Cal.com simulator',
      needs: [],
      command: () =>
        Promise.resolve(
          nodeCommand(plan, 'rehearsal/simulators/calcom/main.ts', {
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
    {
      kind: 'preparation',
      name: 'calcom-webhook',
      title: 'Cal.com webhook',
      needs: ['calcom-simulator', 'migrations', 'token-server'],
      run: async ({ runToEnd }) => {
        await runToEnd(connectSimulator(plan));
        return undefined;
      },
    },
  ];
}

/** As a user connects an account: the simulator forgets its webhooks when it stops. */
function connectSimulator(plan: StartPlan): Command {
  const command = nodeCommand(plan, 'cli/main.ts', {
    DATABASE_URL: plan.running.databaseUrl,
    SLOTLINE_MASTER_KEY: plan.running.masterKey,
    CAL_KEY: plan.secrets.calcomSimulatorKey,
  });
  const address = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    ...command,
    arguments: [
      ...command.arguments,
      '--organization',
      'Demo',
      'calendars',
      'connect',
      'Cal.com simulator',
      '--provider',
      'calcom',
      '--base-url',
      address(plan.ports.calcomSimulator),
      '--webhook-url',
      address(plan.ports.tokenServer),
    ],
  };
}
