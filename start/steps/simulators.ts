import type { Command, StartStep } from '../part.ts';
import { chosenSignIn, SIGN_IN_CLIENT_ID } from '../demo-calendars.ts';
import type { CalendarSimulator } from '../demo-calendars.ts';
import { missingEars } from '../missing-ears.ts';
import type { StartPlan } from '../plan.ts';
import { nodeCommand } from './node-command.ts';
import { officeUrl } from './office.ts';

export function rehearsalSteps(plan: StartPlan): StartStep[] {
  if (!plan.running.rehearsal) return [];
  return [
    {
      kind: 'preparation',
      name: 'ears',
      title: 'ears',
      needs: [],
      run: () => Promise.resolve(missingEars()),
    },
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
      sources: ['rehearsal/simulators'],
    },
  ];
}

export function calendarSteps(plan: StartPlan): StartStep[] {
  const { simulator } = plan;
  if (!simulator) return [];
  const { name, title, program, variables, port } = simulator;
  return [
    {
      kind: 'part',
      name,
      title,
      needs: [],
      command: () =>
        Promise.resolve(
          nodeCommand(plan, program, {
            [variables.host]: '127.0.0.1',
            [variables.port]: String(port),
            [variables.key]: plan.secrets.calendarSimulatorKey,
          }),
        ),
      readiness: { by: 'log' },
      detail: `127.0.0.1:${port}`,
      stop: { stage: 'model', killAfter: 500 },
      sources: ['rehearsal/simulators'],
    },
    {
      kind: 'preparation',
      name: 'calendar-webhook',
      title: 'calendar webhook',
      needs: [name, 'migrations', 'token-server'],
      run: async ({ runToEnd }) => {
        await runToEnd(connectSimulator(plan, simulator));
        return undefined;
      },
    },
  ];
}

/** What stands for a provider whose owners sign in, for a person who connects it in the office. */
export function signInSteps(plan: StartPlan): StartStep[] {
  const simulator = chosenSignIn(plan.calendar);
  if (!simulator) return [];
  const { name, title, program, provider } = simulator;
  return [
    {
      kind: 'part',
      name,
      title,
      needs: [],
      command: () =>
        Promise.resolve(
          nodeCommand(plan, program, {
            SIGN_IN_SIMULATOR_HOST: '127.0.0.1',
            SIGN_IN_SIMULATOR_PORT: String(plan.ports.signInSimulator),
            SIGN_IN_SIMULATOR_CLIENT_ID: SIGN_IN_CLIENT_ID,
            SIGN_IN_SIMULATOR_CLIENT_SECRET: plan.secrets.calendarSimulatorKey,
            SIGN_IN_SIMULATOR_CALLBACK: `${officeUrl(plan)}/api/calendar/${provider}/callback`,
          }),
        ),
      readiness: { by: 'log' },
      detail: 'connect it in the office, under Calendars',
      stop: { stage: 'model', killAfter: 500 },
      sources: ['rehearsal/simulators'],
    },
  ];
}

/**
 * As a user connects an account: the simulator forgets its webhooks when it stops. Its address stands
 * among the settings of the demo's connection.
 */
function connectSimulator(
  plan: StartPlan,
  { title, provider, credentialVariable }: CalendarSimulator,
): Command {
  const command = nodeCommand(plan, 'cli/main.ts', {
    DATABASE_URL: plan.running.databaseUrl,
    SLOTLINE_MASTER_KEY: plan.running.masterKey,
    [credentialVariable]: plan.secrets.calendarSimulatorKey,
  });
  return {
    ...command,
    arguments: [
      ...command.arguments,
      '--organization',
      'Demo',
      'calendars',
      'connect',
      title,
      '--provider',
      provider,
      '--webhook-url',
      `http://127.0.0.1:${plan.ports.tokenServer}`,
    ],
  };
}
