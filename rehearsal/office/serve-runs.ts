import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { Logger } from '../../runtime/logger.ts';
import { removeRehearser, tellRehearser } from '../../db/scenarios/rehearsers.ts';
import {
  claimRun,
  failLostRuns,
  finishRun,
  giveRunBack,
} from '../../db/scenarios/scenario-runs.ts';
import type { ClaimedRun } from '../../db/scenarios/scenario-runs.ts';
import type { Parts } from '../rehearse.ts';
import { playRun } from './play-run.ts';
import { listShippedScenarios } from './shipped-scenarios.ts';

/** Milliseconds between two looks for a run. */
const GLANCE = 500;
/** Milliseconds between two words that this process is there. */
const BEAT = 10_000;
/** Milliseconds that a run may take: the longest scenarios wait for a late calendar. */
const LEASE = 300_000;

const LOST =
  'The process that played it ended in the middle: play it again, and look into its log.';
/** Without the error's own words: whoever reads it need not be whose servers they name. */
const BROKEN = 'It could not be played: play it again, and look into the log of the rehearser.';

/**
 * Plays what the office asks for, one after the other, until the signal aborts; a run that has begun waits for another
 * process then.
 */
export async function serveRuns(
  parts: Pick<Parts, 'db' | 'address'> & { logger: Logger },
  { signal, onReady }: { signal: AbortSignal; onReady: () => void },
): Promise<void> {
  const { db, logger } = parts;
  const rehearser = { id: randomUUID(), shipped: await listShippedScenarios() };
  await tellRehearser(db, rehearser);
  const beat = setInterval(() => {
    tellRehearser(db, rehearser).catch((err: unknown) =>
      logger.warn({ err }, 'could not tell that scenarios are played here'),
    );
  }, BEAT);
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  onReady();
  try {
    while (!signal.aborted) {
      const run = await nextRun(parts).catch((err: unknown) => {
        logger.warn({ err }, 'could not look for a scenario to play');
        return undefined;
      });
      if (run) await play(run, parts, stopped);
      else await pause(GLANCE, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    clearInterval(beat);
    await removeRehearser(db, rehearser.id);
  }
}

async function nextRun({ db }: Pick<Parts, 'db'>): Promise<ClaimedRun | undefined> {
  await failLostRuns(db, LOST);
  return claimRun(db, LEASE);
}

async function play(
  run: ClaimedRun,
  parts: Pick<Parts, 'db' | 'address'> & { logger: Logger },
  stopped: Promise<null>,
): Promise<void> {
  const { db, logger } = parts;
  const { id, scenario } = run;
  const playing = playRun(run, parts).catch((err: unknown) => {
    logger.error({ err, id, scenario }, 'a scenario could not be played');
    return { failures: [BROKEN], transcript: null };
  });
  const played = await Promise.race([playing, stopped]);
  if (played === null) {
    await giveRunBack(db, id);
    return;
  }
  await finishRun(db, id, played);
  logger.info({ id, scenario, failures: played.failures.length }, 'a scenario was played');
}
