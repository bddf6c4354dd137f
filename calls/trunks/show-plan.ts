import type { SyncConflict, SyncPlan, SyncStep } from './plan-sync.ts';
import type { WantedTrunk } from './trunk-state.ts';

/** A plan in a form that may be printed: without passwords. */
export interface ShownPlan {
  steps: object[];
  conflicts: SyncConflict[];
}

/** A plan as an operator may see it: without passwords. */
export function showPlan({ steps, conflicts }: SyncPlan): ShownPlan {
  return {
    conflicts,
    steps: steps.map((step) =>
      'trunk' in step ? { ...step, trunk: showTrunk(step.trunk) } : step,
    ),
  };
}

/** One line a step: + is made, ~ is changed, - is removed; ! is in the way. */
export function describePlan({ steps, conflicts }: SyncPlan): string[] {
  if (steps.length + conflicts.length === 0) return ['Nothing to change.'];
  return [...steps.map(describeStep), ...conflicts.map(describeConflict)];
}

function describeStep(step: SyncStep): string {
  switch (step.do) {
    case 'delete-rule':
      return `- dispatch rule "${step.name}"`;
    case 'delete-trunk':
      return `- trunk "${step.name}": ${step.numbers.join(', ')}`;
    case 'create-trunk':
      return `+ trunk "${step.trunk.title}": ${step.trunk.numbers.join(', ')}, ${accessOf(step.trunk)}`;
    case 'update-trunk': {
      const changes = step.changes.map(({ field, from, to }) =>
        field === 'password' ? 'another password' : `${field} ${from || 'none'} → ${to || 'none'}`,
      );
      return `~ trunk "${step.trunk.title}": ${changes.join('; ')}`;
    }
    case 'create-rule':
      return `+ dispatch rule: calls of ${step.sipTrunkIds.length} trunk(s) to the worker`;
    case 'update-rule':
      return `~ dispatch rule: calls of ${step.sipTrunkIds.length} trunk(s) to the worker`;
  }
}

function describeConflict(conflict: SyncConflict): string {
  return conflict.about === 'number'
    ? `! ${conflict.number} is on a trunk that is not Slotline's, "${conflict.trunk.name}" (${conflict.trunk.id}): remove it there, then sync again.`
    : `! Calls of the trunk "${conflict.title}" go by a dispatch rule that is not Slotline's, "${conflict.rule.name}" (${conflict.rule.id}): take the trunk out of it, then sync again.`;
}

function accessOf({ allowedAddresses, authUsername }: WantedTrunk): string {
  return [
    ...(allowedAddresses.length === 0 ? [] : [`from ${allowedAddresses.join(', ')}`]),
    ...(authUsername === '' ? [] : [`with the password of "${authUsername}"`]),
  ].join(', ');
}

function showTrunk({ authPassword, ...trunk }: WantedTrunk): object {
  return { ...trunk, hasPassword: authPassword !== '' };
}
