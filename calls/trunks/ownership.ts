/*
 * What in LiveKit is ours: a trunk says so in its metadata, the dispatch rule in its name, because a
 * rule's metadata is handed to every participant of the call. Both carry the worker's name: two
 * installations on one LiveKit must have different ones anyway, or they would take each other's calls.
 */
const PREFIX = 'slotline:';
const TRUNK_MARK = /^slotline:(?<workerName>.*):(?<sipTrunkId>[0-9a-f-]{36})$/;

/** The metadata of a trunk of ours. */
export function markOfTrunk(workerName: string, sipTrunkId: string): string {
  return `${PREFIX}${workerName}:${sipTrunkId}`;
}

/** Null where the metadata is not a mark of ours. */
export function readTrunkMark(metadata: string): { workerName: string; sipTrunkId: string } | null {
  const { workerName, sipTrunkId } = TRUNK_MARK.exec(metadata)?.groups ?? {};
  return workerName === undefined || sipTrunkId === undefined ? null : { workerName, sipTrunkId };
}

/** The name of our dispatch rule. */
export function nameOfRule(workerName: string): string {
  return `${PREFIX}${workerName}`;
}

/** Whether some installation of Slotline made the rule. */
export function isRuleName(name: string): boolean {
  return name.startsWith(PREFIX);
}
