import type { StartStep } from '../part.ts';
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
