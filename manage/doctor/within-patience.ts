import { TimeoutError, within } from '../../runtime/within.ts';
import { failed } from './finding.ts';
import type { Finding } from './finding.ts';

/**
 * The findings of somebody who waits no longer than that: what was seen until then, and that the rest
 * was not.
 *
 * @param of the calendar that is looked at
 * @param patience milliseconds
 */
export async function findingsWithin(
  patience: number,
  of: string,
  findings: AsyncGenerator<Finding>,
): Promise<Finding[]> {
  const seen: Finding[] = [];
  const look = async (): Promise<void> => {
    for await (const finding of findings) seen.push(finding);
  };
  const work = look();
  try {
    await within(patience, work);
    return seen;
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    // What it still does ends by its own deadlines, and nobody hears how.
    work.catch(() => {});
    const found = `it did not answer everything within ${Math.round(patience / 1_000)} s: the rest was not looked at`;
    return [
      ...seen,
      failed(
        { part: 'API', of },
        found,
        'Look again in a minute. If it stays so, the provider or the way to it is down.',
      ),
    ];
  }
}
