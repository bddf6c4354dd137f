import type { StartStep } from './part.ts';
import type { StartPlan } from './plan.ts';
import { databaseSteps } from './steps/database.ts';
import { livekitSteps } from './steps/livekit.ts';
import { officeSteps } from './steps/office.ts';
import { pageSteps } from './steps/page.ts';
import { redisStep, sipSteps } from './steps/phone.ts';
import { rehearserSteps } from './steps/rehearser.ts';
import { jobs, tokenServer, worker } from './steps/roles.ts';
import { calendarSteps, rehearsalSteps, signInSteps } from './steps/simulators.ts';

/** The parts of Slotline and what each of them needs, in the order a person reads them. */
export function slotlineSteps(plan: StartPlan): StartStep[] {
  return [
    ...databaseSteps(plan),
    ...(plan.phone ? [redisStep(plan)] : []),
    ...livekitSteps(plan),
    ...pageSteps(plan),
    ...rehearsalSteps(plan),
    ...calendarSteps(plan),
    ...signInSteps(plan),
    ...officeSteps(plan),
    tokenServer(plan),
    worker(plan),
    jobs(plan),
    ...rehearserSteps(plan),
    ...(plan.phone ? sipSteps(plan) : []),
  ];
}

/** What the receptionist needs to be talked with by typing. */
export function consoleSteps(plan: StartPlan): StartStep[] {
  return [...databaseSteps(plan), ...rehearsalSteps(plan), ...calendarSteps(plan)];
}
