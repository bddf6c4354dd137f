/**
 * What the person who runs a process can mend. The message is one sentence or two: what is wrong,
 * and what to do. It is shown as it stands, without where it was thrown.
 */
export class OperatorError extends Error {
  override name = 'OperatorError';
}
