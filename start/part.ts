/** A program and what it is given. */
export interface Command {
  file: string;
  arguments: readonly string[];
  environment: NodeJS.ProcessEnv;
}

/**
 * Parts end in this order, so that nothing loses what it still needs: first those that take calls,
 * then the media server (which ends the calls that are left), the model, at last the database.
 */
export const STOP_STAGES = ['calls', 'media', 'model', 'database'] as const;
export type StopStage = (typeof STOP_STAGES)[number];

/**
 * How a part is known to be ready: by its log line `"msg":"ready"`, by an address that answers, or
 * by a port of 127.0.0.1 that takes connections.
 */
export type Readiness = { by: 'log' } | { by: 'http'; url: string } | { by: 'tcp'; port: number };

interface Step {
  /** Lower case and hyphens: the name of the log file too. */
  name: string;
  /** As a person would call it: "token server". */
  title: string;
  /** Names of the steps that must be ready before this one begins. */
  needs: readonly string[];
}

/** Something that is done once, in this process or by commands that end. */
export interface Preparation extends Step {
  kind: 'preparation';
  /** Undefined: there was nothing to do, and nothing is said. */
  run: (tools: PreparationTools) => Promise<string | undefined>;
}

export interface PreparationTools {
  /** Shows a line of progress. */
  report: (line: string) => void;
  /** Runs a command to its end, its lines in this step's log. Throws PartDiedError when it fails. */
  runToEnd: (command: Command) => Promise<void>;
  /** Aborted when the whole is stopped. */
  signal: AbortSignal;
}

/** A process that runs until it is stopped. */
export interface Part extends Step {
  kind: 'part';
  /** Asked when the part's needs are ready. */
  command: () => Promise<Command>;
  readiness: Readiness;
  /** Shown behind the title when it is ready, e.g. its address. */
  detail?: string;
  /** How long it may take to become ready, in milliseconds; default 60 000. */
  readyWithin?: number;
  stop: {
    stage: StopStage;
    /** A second SIGTERM after so many milliseconds, for a part that only waits after the first. */
    againAfter?: number;
    /** SIGKILL to the part and all its descendants after so many milliseconds. */
    killAfter: number;
  };
  /** Folders whose changes restart the part in development. */
  sources: readonly string[];
}

export type StartStep = Preparation | Part;
