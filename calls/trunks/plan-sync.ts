import type { TrunksAndRules, PresentTrunk, WantedRule, WantedTrunk } from './trunk-state.ts';
import { isRuleName, markOfTrunk, readTrunkMark } from './ownership.ts';

/** One field that is to be changed; a password is never among the values. */
export interface FieldChange {
  field:
    | 'name'
    | 'numbers'
    | 'addresses'
    | 'username'
    | 'password'
    | 'longest call'
    | 'owner'
    | 'Privacy header';
  from: string;
  to: string;
}

export type SyncStep =
  | { do: 'delete-rule'; id: string; name: string }
  | { do: 'delete-trunk'; id: string; name: string; numbers: string[] }
  | { do: 'create-trunk'; trunk: WantedTrunk }
  | { do: 'update-trunk'; id: string; trunk: WantedTrunk; changes: FieldChange[] }
  | { do: 'create-rule'; sipTrunkIds: string[] }
  | { do: 'update-rule'; id: string; sipTrunkIds: string[] };

/** Something in LiveKit that is not ours and keeps a number of ours from being answered. */
export type SyncConflict =
  | { about: 'number'; number: string; trunk: { id: string; name: string } }
  | { about: 'trunk'; sipTrunkId: string; title: string; rule: { id: string; name: string } };

export interface SyncPlan {
  steps: SyncStep[];
  conflicts: SyncConflict[];
  /** The trunks that are there already, LiveKit's id by ours. */
  kept: Map<string, string>;
}

export interface SyncState {
  wanted: readonly WantedTrunk[];
  rule: WantedRule;
  present: TrunksAndRules;
  /** Every trunk of the database, those that need none in LiveKit too. */
  sipTrunkIds: readonly string[];
  workerName: string;
}

/**
 * What makes LiveKit equal the database, in an order in which LiveKit accepts it: it refuses a
 * number on two trunks, also for a moment. Nothing that is not ours is touched; where it is in the
 * way, that is a conflict.
 */
export function planSync(state: SyncState): SyncPlan {
  const { present, workerName } = state;
  const [ours, foreign] = split(present.trunks, (trunk) => isOurs(trunk, state));
  const { trunks: wanted, conflicts } = withoutForeignNumbers(state.wanted, foreign);
  const deletions: SyncStep[] = [];
  const releases: SyncStep[] = [];
  const updates: SyncStep[] = [];
  const kept = new Map<string, string>();
  for (const trunk of ours) {
    const target = wanted.find((each) => markedFor(trunk) === each.sipTrunkId);
    const staying = target ? trunk.numbers.filter((number) => target.numbers.includes(number)) : [];
    const isMoving = trunk.numbers.some(
      (number) =>
        !staying.includes(number) && wanted.some(({ numbers }) => numbers.includes(number)),
    );
    // Without numbers it would take the calls of all.
    if (!target || kept.has(target.sipTrunkId) || (isMoving && staying.length === 0)) {
      const { id, name, numbers } = trunk;
      deletions.push({ do: 'delete-trunk', id, name, numbers });
      continue;
    }
    kept.set(target.sipTrunkId, trunk.id);
    const released = isMoving ? { ...trunk, numbers: staying } : trunk;
    if (isMoving) {
      releases.push({
        do: 'update-trunk',
        id: trunk.id,
        trunk: { ...target, numbers: staying },
        changes: compare(trunk, { ...target, numbers: staying }, workerName),
      });
      if (staying.length === target.numbers.length) continue;
    }
    const changes = isMoving
      ? [change('numbers', list(released.numbers), list(target.numbers))]
      : compare(trunk, target, workerName);
    if (changes.length > 0) {
      updates.push({ do: 'update-trunk', id: trunk.id, trunk: target, changes });
    }
  }
  const creations = wanted
    .filter(({ sipTrunkId }) => !kept.has(sipTrunkId))
    .map((trunk): SyncStep => ({ do: 'create-trunk', trunk }));
  const rules = planRule(state, { wanted, ours, kept });
  return {
    steps: [...rules.before, ...deletions, ...releases, ...creations, ...updates, ...rules.after],
    conflicts: [...conflicts, ...rules.conflicts],
    kept,
  };
}

/** One rule sends the calls of all trunks to the worker: never one without trunks, which takes all. */
function planRule(
  { present, rule }: SyncState,
  trunks: { wanted: WantedTrunk[]; ours: PresentTrunk[]; kept: Map<string, string> },
): { before: SyncStep[]; after: SyncStep[]; conflicts: SyncConflict[] } {
  const ourIds = new Set(trunks.ours.map(({ id }) => id));
  const [ours, foreign] = split(
    present.rules,
    ({ name, trunkIds }) =>
      name === rule.name ||
      // The worker had another name when the rule was made.
      (isRuleName(name) && trunkIds.length > 0 && trunkIds.every((id) => ourIds.has(id))),
  );
  const conflicts: SyncConflict[] = [];
  const sipTrunkIds = trunks.wanted.flatMap(({ sipTrunkId, title }) => {
    const id = trunks.kept.get(sipTrunkId);
    const obstacle =
      id === undefined ? undefined : foreign.find((each) => each.trunkIds.includes(id));
    if (!obstacle) return [sipTrunkId];
    const rule = { id: obstacle.id, name: obstacle.name };
    conflicts.push({ about: 'trunk', sipTrunkId, title, rule });
    return [];
  });
  const [first, ...more] = ours;
  const surplus = sipTrunkIds.length === 0 ? ours : more;
  const before = surplus.map(({ id, name }): SyncStep => ({ do: 'delete-rule', id, name }));
  if (sipTrunkIds.length === 0) return { before, after: [], conflicts };
  if (!first) return { before, after: [{ do: 'create-rule', sipTrunkIds }], conflicts };
  const ids = sipTrunkIds.map((id) => trunks.kept.get(id));
  const isSame =
    first.name === rule.name &&
    first.setup === rule.setup &&
    first.trunkIds.length === ids.length &&
    ids.every((id) => id !== undefined && first.trunkIds.includes(id));
  return {
    before,
    after: isSame ? [] : [{ do: 'update-rule', id: first.id, sipTrunkIds }],
    conflicts,
  };
}

/** Marked by this worker, or for a trunk of this database, whatever the worker was called then. */
function isOurs(trunk: PresentTrunk, { workerName, sipTrunkIds }: SyncState): boolean {
  const mark = readTrunkMark(trunk.metadata);
  return mark !== null && (mark.workerName === workerName || sipTrunkIds.includes(mark.sipTrunkId));
}

function markedFor({ metadata }: PresentTrunk): string | undefined {
  return readTrunkMark(metadata)?.sipTrunkId;
}

function withoutForeignNumbers(
  wanted: readonly WantedTrunk[],
  foreign: readonly PresentTrunk[],
): { trunks: WantedTrunk[]; conflicts: SyncConflict[] } {
  const conflicts: SyncConflict[] = [];
  const trunks = wanted.map((trunk) => ({
    ...trunk,
    numbers: trunk.numbers.filter((number) => {
      const owner = foreign.find(({ numbers }) => numbers.includes(number));
      if (!owner) return true;
      const { id, name } = owner;
      conflicts.push({ about: 'number', number, trunk: { id, name } });
      return false;
    }),
  }));
  return { trunks: trunks.filter(({ numbers }) => numbers.length > 0), conflicts };
}

function compare(present: PresentTrunk, wanted: WantedTrunk, workerName: string): FieldChange[] {
  const mark = markOfTrunk(workerName, wanted.sipTrunkId);
  const changes = [
    change('name', present.name, wanted.title),
    change('numbers', list(present.numbers), list(wanted.numbers)),
    change('addresses', list(present.allowedAddresses), list(wanted.allowedAddresses)),
    change('username', present.authUsername, wanted.authUsername),
    change('longest call', `${present.maxCallSeconds} s`, `${wanted.maxCallSeconds} s`),
    change('owner', present.metadata, mark),
    change('Privacy header', present.tellsPrivacy ? 'read' : 'not read', 'read'),
  ].filter(({ from, to }) => from !== to);
  if (present.authPassword !== wanted.authPassword) changes.push(change('password', '…', '…'));
  return changes;
}

function change(field: FieldChange['field'], from: string, to: string): FieldChange {
  return { field, from, to };
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.toSorted().join(', ');
}

function split<T>(items: readonly T[], fits: (item: T) => boolean): [T[], T[]] {
  return [items.filter(fits), items.filter((item) => !fits(item))];
}
