import type { StartStep } from '../part.ts';
import type { StartPlan } from '../plan.ts';
import { nodeCommand } from './node-command.ts';
import { hasOffice } from './office.ts';
import { sharedEnvironment, worker } from './roles.ts';

/** Whether the office of this plan plays scenarios: with a real model they cost what calls cost. */
export function hasRehearser(plan: StartPlan): boolean {
  return hasOffice(plan) && (plan.config.rehearser ?? plan.running.rehearsal);
}

/** Plays scenarios with drafts of agents, on a worker that callers do not meet unless it is one for rehearsal. */
export function rehearserSteps(plan: StartPlan): StartStep[] {
  if (!hasRehearser(plan)) return [];
  const { running, ports } = plan;
  const workerName = running.rehearsal ? running.workerName : `${running.workerName}-rehearsal`;
  const own = worker(plan, {
    name: 'rehearsal-worker',
    title: 'worker for scenarios',
    workerName,
    healthPort: ports.rehearsalWorker,
    isForRehearsal: true,
  });
  return [
    ...(running.rehearsal ? [] : [own]),
    {
      kind: 'part',
      name: 'rehearser',
      title: 'rehearser',
      needs: ['migrations'],
      command: () =>
        Promise.resolve(
          nodeCommand(plan, 'rehearsal/office/main.ts', {
            ...sharedEnvironment(plan),
            SLOTLINE_MASTER_KEY: running.masterKey,
            SLOTLINE_WORKER_NAME: workerName,
          }),
        ),
      readiness: { by: 'log' },
      stop: { stage: 'calls', killAfter: 2_000 },
      sources: ['rehearsal', 'booking', 'calls', 'calendar', 'db', 'runtime'],
    },
  ];
}
