import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';

/** Megabytes of a worker itself. */
const WORKER = 200;
/** Megabytes of a process of calls once it is loaded. */
const PROCESS = 160;
/** Megabytes that a call adds. */
const CALL = 25;
/**
 * On a processor that has more to do callers would be heard in pieces; another worker, or a caller's
 * second try, serves them better. A call takes an eighth of a slow core, and less of a fast one.
 */
const CALLS_A_CORE = 6;
/** Megabytes above which a process of calls is replaced, wherever there is room for more. */
const MOST_MEGABYTES = 1_500;
/** A process is ended at once with so many times of that. */
const ENDED_AT = 1.5;
/** Of the memory there is: the rest is the system's. */
const USABLE = 0.9;
/** Connections to the database of one process: a call takes one for moments, or two while it books. */
const [FEWEST_CONNECTIONS, MOST_CONNECTIONS] = [3, 10];
/** Of all processes of a worker: PostgreSQL takes 100 unless it is told otherwise. */
const MOST_OF_A_WORKER = 64;

/** What a process may use, by the machine and by its container. */
export interface Machine {
  /** May have a fraction. */
  cores: number;
  megabytes: number;
}

/** What one worker takes on. */
export interface WorkerCapacity {
  /** Processes that calls are spread over. */
  processes: number;
  /** Calls at once. */
  calls: number;
  /** Megabytes of one process above which it takes no more calls; with half as many more it is ended. */
  megabytes: number;
  /** Connections to the database of one process, at most. */
  connections: number;
}

/**
 * What this process may use. Node knows the limit of a container's memory; that of its processor it
 * knows not everywhere.
 *
 * @param controlGroup where the system keeps it; a container sees its own there
 */
export function readMachine(controlGroup = '/sys/fs/cgroup'): Machine {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return {
    cores: Math.min(availableParallelism(), readQuota(controlGroup)),
    megabytes: bytes / 1e6,
  };
}

/** What a worker takes on where its operator has not chosen. */
export function capacityOf(
  machine: Machine,
  chosen: { [Figure in 'processes' | 'calls' | 'megabytes']?: number | undefined } = {},
): WorkerCapacity {
  const room = machine.megabytes * USABLE - WORKER;
  const most = Math.floor(room / (PROCESS + CALLS_A_CORE * CALL));
  const processes = chosen.processes ?? atLeastOne(Math.min(Math.floor(machine.cores), most));
  const fitting = Math.floor((room - processes * PROCESS) / CALL);
  const calls =
    chosen.calls ?? atLeastOne(Math.min(Math.floor(CALLS_A_CORE * machine.cores), fitting));
  const share = Math.floor(room / processes / ENDED_AT);
  const wanted = Math.min(Math.ceil(calls / processes) + 2, MOST_CONNECTIONS);
  const connections = Math.min(wanted, Math.floor(MOST_OF_A_WORKER / processes));
  return {
    processes,
    calls,
    megabytes: chosen.megabytes ?? Math.min(Math.max(share, PROCESS + 2 * CALL), MOST_MEGABYTES),
    connections: Math.max(connections, FEWEST_CONNECTIONS),
  };
}

/** Connections to the database that a worker opens at most: its processes' and its own. */
export function connectionsOf({ processes, connections }: WorkerCapacity): number {
  return processes * connections + 1;
}

/** Cores that the control group allows; infinite where it sets no limit. */
function readQuota(controlGroup: string): number {
  const [quota, period] =
    read(join(controlGroup, 'cpu.max'))?.split(' ') ??
    // The first version of control groups has a file for each.
    ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => read(join(controlGroup, 'cpu', name)));
  const cores = Number(quota) / Number(period);
  return cores > 0 ? cores : Infinity;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function atLeastOne(count: number): number {
  return Math.max(1, count);
}
