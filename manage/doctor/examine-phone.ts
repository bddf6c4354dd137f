import { describePlan } from '../../calls/trunks/show-plan.ts';
import { PhoneSyncError } from '../../calls/trunks/phone-sync-error.ts';
import type { SyncPlan } from '../../calls/trunks/plan-sync.ts';
import { listAgentSlugs } from '../../db/agents.ts';
import type { Database } from '../../db/database.ts';
import { listNumberPage } from '../../db/phone/phone-numbers.ts';
import { listTrunkPage } from '../../db/phone/sip-trunks.ts';
import { SealedCredentialError } from '../../db/sealed-credential.ts';
import { nameNumbers } from '../numbers.ts';
import type { ShownNumber } from '../numbers.ts';
import { planNumbers } from '../sync-numbers.ts';
import type { LivekitAccess } from '../sync-numbers.ts';
import { failed, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** More than anybody has. */
const MANY = 10_000;

export interface PhoneParts {
  db: Database;
  livekit: LivekitAccess;
  masterKey: () => Buffer;
}

/**
 * Walks through what keeps a number of the organization from being answered: a trunk, an agent, and
 * whether LiveKit knows of both. Nothing is changed.
 */
export async function* examinePhone(
  parts: PhoneParts,
  organizationId: string,
): AsyncGenerator<Finding> {
  const { db } = parts;
  const all = { organizationId, after: null, limit: MANY };
  const trunks = await listTrunkPage(db, all);
  const numbers = await nameNumbers(db, organizationId, await listNumberPage(db, all));
  if (trunks.length === 0) {
    yield failed(
      { part: 'trunk', of: null },
      'there is none: no call can come by phone',
      'Add the trunk of your telephone provider',
      'slotline trunks add …',
    );
    return;
  }
  for (const { name, id } of trunks) {
    const own = numbers.filter(({ sipTrunkId }) => sipTrunkId === id).length;
    const step = { part: 'trunk', of: name } as const;
    yield own > 0
      ? ok(step, `${own} number(s) come by it`)
      : warning(step, 'no number comes by it', 'Add a number', 'slotline numbers add …');
  }
  const agents = await listAgentSlugs(db, organizationId);
  for (const number of numbers) {
    yield examineNumber(number, agents.find(({ id }) => id === number.agentId)?.enabled === true);
  }
  if (numbers.length > 0) yield* examineLivekit(parts, organizationId, numbers);
}

function examineNumber({ number, inbound, agentSlug }: ShownNumber, isEnabled: boolean): Finding {
  const step = { part: 'number', of: number } as const;
  if (!inbound) {
    return warning(
      step,
      'its calls are not answered',
      'Switch it on',
      `slotline numbers edit ${number} --enable`,
    );
  }
  if (isEnabled) return ok(step, `"${agentSlug}" answers`);
  return failed(
    step,
    `"${agentSlug}" answers, and is disabled: callers are turned away`,
    'Enable the agent',
    `slotline agents enable ${agentSlug}`,
  );
}

async function* examineLivekit(
  parts: PhoneParts,
  organizationId: string,
  numbers: readonly ShownNumber[],
): AsyncGenerator<Finding> {
  const step = { part: 'LiveKit', of: null } as const;
  try {
    const plan = ofOrganization(await planNumbers(parts), organizationId, numbers);
    const [conflicts, steps] = [
      describePlan({ ...plan, steps: [] }),
      describePlan({ ...plan, conflicts: [] }),
    ];
    if (plan.conflicts.length > 0) {
      yield failed(
        step,
        conflicts.join(' '),
        'Somebody else set it up there: change it there first.',
      );
    }
    if (plan.steps.length > 0) {
      yield warning(
        step,
        `does not know of it yet: ${steps.join('; ')}`,
        'Bring it in line',
        'slotline numbers sync',
      );
    } else if (plan.conflicts.length === 0) yield ok(step, 'knows of every number');
  } catch (error) {
    const isKnown = error instanceof PhoneSyncError || error instanceof SealedCredentialError;
    if (!isKnown) throw error;
    yield failed(step, 'cannot be asked', error.message);
  }
}

/** All organizations share one LiveKit: of the others nothing is told. */
function ofOrganization(
  { steps, conflicts, kept }: SyncPlan,
  organizationId: string,
  numbers: readonly ShownNumber[],
): SyncPlan {
  const trunkIds = new Set(numbers.map(({ sipTrunkId }) => sipTrunkId));
  return {
    kept,
    steps: steps.filter((step) => 'trunk' in step && step.trunk.organizationId === organizationId),
    conflicts: conflicts.filter((conflict) =>
      conflict.about === 'number'
        ? numbers.some(({ number }) => number === conflict.number)
        : trunkIds.has(conflict.sipTrunkId),
    ),
  };
}
