import type { BookingDesk } from '../../desk/booking-desk.ts';
import type { SpokenLanguage } from '../../languages/spoken-language.ts';

/** What an assistant's model fills in. */
export interface FunctionParameter {
  /** For the model. */
  description: string;
  type?: 'string' | 'boolean';
  required?: boolean;
}

/** What a function is answered with. */
export interface FunctionAnswer {
  /** One line, for the assistant's model. */
  text: string;
  /** What the caller must hear word for word; null where the model says it in its own words. */
  exact: string | null;
  /** Nobody knows yet what came of it: who asks again is not told the same, but what is known by then. */
  isOpen?: true;
}

/** A call on another platform, as far as its functions need it. */
export interface ServedFunctions {
  /** Null where the agent has nothing to book. */
  desk: BookingDesk | null;
  language: SpokenLanguage;
  /** IANA: the calendar's, in which times are said. */
  timeZone: string;
  /**
   * Runs a tool of the call, as a call of ours would.
   * @throws {ToolRefusedError} with what the model is told
   */
  runTool: (name: string, args: Record<string, unknown>) => Promise<unknown>;
  /** Whose calendar is booked; null where nobody can tell. */
  readOwner: () => Promise<CalendarOwner | null>;
}

/** Of a calendar's account. */
export interface CalendarOwner {
  name: string;
  /** IANA. */
  timeZone: string;
  /** Where a person adds users to the account: "in … under …"; null where there are none. */
  addUsersAt: string | null;
}

/** What came of each parameter: trimmed, null where nothing was given. */
export type Given<Name extends string> = Readonly<Record<Name, string | null>>;

/** A function that an assistant of another platform calls: names of its own over the tools of a call. */
export interface AssistantFunction {
  readonly name: string;
  /** For the model. */
  readonly description: string;
  readonly parameters: Readonly<Record<string, FunctionParameter>>;
  /** What it does with an appointment; null where it changes nothing. */
  readonly changes: 'booking' | 'move' | 'cancellation' | null;
  /** @throws {ToolRefusedError} with what the model is told */
  run(given: Given<string>, call: ServedFunctions): Promise<FunctionAnswer>;
}

/** A function whose `run` is given the parameters that it names. */
export function defineFunction<Name extends string>(made: {
  name: string;
  description: string;
  parameters: Record<Name, FunctionParameter>;
  changes?: AssistantFunction['changes'];
  run: (given: Given<Name>, call: ServedFunctions) => Promise<FunctionAnswer>;
}): AssistantFunction {
  return { changes: null, ...made, run: (given, call) => made.run(given, call) };
}

/** More than anybody says at once. */
const LONGEST = 1_000;

/**
 * Takes the parameters of a function out of what came, and nothing else.
 * @param args of the platform: anything
 */
export function readGiven(
  { parameters }: Pick<AssistantFunction, 'parameters'>,
  args: Readonly<Record<string, unknown>>,
): Given<string> {
  const own = new Map(Object.entries(args));
  return Object.fromEntries(
    Object.keys(parameters).map((name) => [name, textOf(own.get(name))] as const),
  );
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return null;
  }
  return String(value).trim().slice(0, LONGEST).toWellFormed() || null;
}

/** What the model says in its own words. */
export function toldAs(...parts: (string | null)[]): FunctionAnswer {
  return { text: oneLine(parts.filter((part) => part !== null).join(' ')), exact: null };
}

/** What the caller hears word for word, with more for the model alone. */
export function saidExactly(exact: string, ...more: string[]): FunctionAnswer {
  const said = oneLine(exact);
  return { text: oneLine([said, ...more, 'Say exactly this.'].join(' ')), exact: said };
}

/** What may have been done: that is said word for word. */
export function notConfirmed(exact: string, ...more: string[]): FunctionAnswer {
  return { ...saidExactly(exact, 'Not confirmed yet:', ...more), isOpen: true };
}

/** Platforms read one line: what stands behind a line break is lost there. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Of an agent without a calendar. */
export const NO_CALENDAR = toldAs(
  'Nothing can be booked here: this agent has no calendar. Nothing was looked up or changed.',
);
