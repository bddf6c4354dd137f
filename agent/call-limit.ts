import type { JobRequest } from '@livekit/agents';

/** Milliseconds; a call that LiveKit never assigns to us, or that finds no process, counts no longer. */
const ACCEPTED_FOR = 60_000;

type Request = Pick<JobRequest, 'id' | 'accept' | 'reject'>;

/**
 * Takes no more calls at once than a limit; a further one is left to another worker. The load that
 * LiveKit is told of is seconds old, and in a burst it offers more than there is room for.
 *
 * @param activeIds the ids of the calls that run
 */
export function limitCalls(
  limit: number,
  activeIds: () => readonly string[],
): { load: () => number; take: (request: Request) => Promise<void> } {
  const accepted = new Set<string>();
  const count = (): number => new Set([...activeIds(), ...accepted]).size;
  return {
    load: () => count() / limit,
    take: async (request) => {
      if (count() >= limit) {
        await request.reject();
        return;
      }
      accepted.add(request.id);
      const timer = setTimeout(() => accepted.delete(request.id), ACCEPTED_FOR);
      try {
        // Resolves when the call has its process.
        await request.accept();
      } finally {
        clearTimeout(timer);
        accepted.delete(request.id);
      }
    },
  };
}
