import { join } from 'node:path';
import { THIS_MACHINE } from '../../runtime/public-address.ts';
import { childEnvironment } from '../child-environment.ts';
import type { Command } from '../part.ts';
import type { StartPlan } from '../plan.ts';

/** A TypeScript file of ours, run by the same Node as this process. */
export function nodeCommand(plan: StartPlan, file: string, given: Record<string, string>): Command {
  return {
    file: process.execPath,
    arguments: [file],
    environment: childEnvironment(plan.environment, {
      // Every call is a process of its own: compiled code kept from the last one saves a third of
      // the second that loading it takes.
      NODE_COMPILE_CACHE: join(plan.projectRoot, '.slotline', 'compile-cache'),
      // What the office connects may be a server on this machine, such as a simulator.
      CALENDAR_PRIVATE_NETWORKS: plan.environment['CALENDAR_PRIVATE_NETWORKS'] ?? THIS_MACHINE,
      ...given,
    }),
  };
}
