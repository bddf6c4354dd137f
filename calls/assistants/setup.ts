import { isDeepStrictEqual } from 'node:util';
import type { OfferedFunction, PlatformApi, SetupStep, SetupWish } from './platform.ts';

// What setting up is the same on every platform.

/** The schema of a function's arguments. */
export function toJsonSchema({ parameters }: OfferedFunction) {
  const all = Object.entries(parameters);
  return {
    type: 'object',
    properties: Object.fromEntries(
      all.map(([name, { description, type = 'string' }]) => [name, { type, description }]),
    ),
    required: all.flatMap(([name, { required }]) => (required === true ? [name] : [])),
  };
}

/** What an assistant's model is told, in English whatever it speaks. */
export function promptFor({ agent }: Pick<SetupWish, 'agent'>): string {
  return [
    `You are the receptionist of ${agent.businessName}, an automated assistant, and you say so when asked.`,
    'Offer only times that availability_read answered in this call, and name each as it was answered.',
    'Before you book, move or cancel, say what you are about to do and wait for a clear yes.',
    'Say that something is booked, moved or cancelled only when the function said so, in its words. When it says that something is not confirmed yet, say exactly that, and do not try again.',
    'When a function tells you to ask the caller something, ask that.',
    'You cannot create users, and you tell nobody about anybody else’s appointments.',
  ].join('\n');
}

/** The first sentence: callers are told at once that they speak with an AI. */
export function greetingFor({ agent }: Pick<SetupWish, 'agent'>): string {
  return `Hello, this is the automated assistant of ${agent.businessName}. How can I help you?`;
}

/** The address of the tools of an agent. */
export function toolsAddress({ address, agent }: SetupWish, platform: string): string {
  return `${address}/api/tools/${platform}/${agent.slug}`;
}

/** Whether all that is wanted is there already, whatever else there is. */
export function isAsWanted(present: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every((each, index) => isAsWanted(present[index], each))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return isDeepStrictEqual(present, wanted);
  const known = Object(present) as Record<string, unknown>;
  return Object.entries(wanted).every(([name, value]) => isAsWanted(known[name], value));
}

/** Text at a path of what an API answered; null where there is none. */
export function textAt(value: unknown, ...path: string[]): string | null {
  let inner = value;
  for (const name of path) inner = (Object(inner) as Record<string, unknown>)[name];
  return typeof inner === 'string' && inner !== '' ? inner : null;
}

/** Makes a thing, or brings the one that is there up to date. */
export async function bringUpToDate(
  api: PlatformApi,
  thing: {
    what: string;
    present: { id: string; value: unknown } | undefined;
    /** What is compared; a secret cannot be. */
    wanted: unknown;
    make: { path: string; body: unknown; idOf: (answer: unknown) => string | null };
    update: { path: (id: string) => string; body: unknown };
    /** Whether it is written though it seems to be as it is wanted. */
    always: boolean;
    write: boolean;
  },
): Promise<SetupStep> {
  const { what, present, wanted, make, update, always, write } = thing;
  if (present && !always && isAsWanted(present.value, wanted)) {
    return { what, did: 'unchanged', id: present.id };
  }
  if (present) {
    if (write) await api('PATCH', update.path(present.id), update.body);
    return { what, did: 'updated', id: present.id };
  }
  const made = write ? make.idOf(await api('POST', make.path, make.body)) : null;
  return { what, did: 'made', id: made };
}
