import { z } from 'zod';

import { readSoundFile, SoundFileError } from '../caller/sound-file.ts';
import { heardStates } from '../caller/heard-states.ts';
import type { HeardState } from '../caller/heard-states.ts';
import { parsePattern, PatternError } from './pattern.ts';
import { map, seconds, text } from './scenario-values.ts';

/** What one `hear` waits for. */
export type Expected = { kind: 'state'; state: HeardState } | { kind: 'pattern'; pattern: RegExp };

const expected = text.transform((written, context): Expected => {
  const state = heardStates.find((name) => name === written);
  if (state !== undefined) {
    return { kind: 'state', state };
  }
  try {
    return { kind: 'pattern', pattern: parsePattern(written) };
  } catch (error) {
    const reason = error instanceof PatternError ? error.message : String(error);
    context.addIssue(`${reason}; or name one of ${heardStates.join(', ')}`);
    return z.NEVER;
  }
});

const details = map({ name: text, email: text, phone: text.optional() });

/** A recording of a caller, by its path from the scenario's folder. */
export interface Sound {
  file: string;
  samples: Int16Array;
}

/** @param folder where the scenario is. */
function sound(folder: string) {
  return text.transform((file, context): Sound => {
    try {
      return { file, samples: readSoundFile(folder, file) };
    } catch (error) {
      if (!(error instanceof SoundFileError)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
  });
}

/** One thing the caller does; exactly one of the keys apart from `within`, `optional` and `words`. */
function writtenTurn(folder: string) {
  return map({
    hear: expected.optional(),
    within: seconds.optional(),
    optional: z.boolean({ error: 'write true or false' }).optional(),
    say: text.optional(),
    play: sound(folder).optional(),
    words: text.optional(),
    type: z
      .union([text, details], { error: 'write the text to type, or {name: …, email: …}' })
      .optional(),
    press: z
      .string({ error: 'write the keys in quotes, such as "1"' })
      .regex(/^[\d*#]+$/, { error: 'use only the keys 0 to 9, * and #' })
      .optional(),
    interrupt: text.optional(),
    wait: seconds.optional(),
    noise: seconds.optional(),
    hangUp: z.literal(true, { error: 'write hangUp: true' }).optional(),
  });
}

/** How long `hear` and `interrupt` wait, in seconds, unless `within` says otherwise. */
const defaultPatience = 20;

/**
 * What a caller does in a turn.
 *
 * - `hear`: waits until the agent has finished and what it said fits.
 * - `say`: waits until the agent is quiet, then speaks.
 * - `interrupt`: waits until the agent is speaking, then speaks over it.
 * - `play`: the same with a recording; `text` is what is said in it, where the scenario tells.
 * - `type`: sends a typed message; with details, the sentence the page's form sends.
 * - `press`: keys of a telephone.
 * - `wait`: says nothing for so many seconds (the line still carries room noise).
 * - `noise`: speech-like noise without words for so many seconds.
 * - `hangUp`: leaves, in the middle of whatever happens.
 */
export type Turn =
  | { kind: 'hear'; expected: Expected; withinSeconds: number; optional: boolean }
  | { kind: 'say'; text: string }
  | { kind: 'play'; sound: Sound; text: string | undefined }
  | { kind: 'interrupt'; text: string; withinSeconds: number }
  | { kind: 'type'; text: string }
  | { kind: 'press'; keys: string }
  | { kind: 'wait'; seconds: number }
  | { kind: 'noise'; seconds: number }
  | { kind: 'hangUp' };

/** The sentence that the page's details form sends. */
export function detailsSentence(attendee: {
  name: string;
  email: string;
  phone?: string | undefined;
}): string {
  const phone = attendee.phone === undefined ? '' : `, my phone number is ${attendee.phone}`;
  return `My name is ${attendee.name} and my e-mail is ${attendee.email}${phone}`;
}

/**
 * A turn as it is written, read into what the caller does.
 *
 * @param folder where the scenario is, from which the paths of recordings begin.
 */
export function turnSchema(folder: string) {
  return writtenTurn(folder).transform((written, context): Turn => {
    const { within, optional, words, ...acts } = written;
    const given = Object.keys(acts).filter((key) => acts[key as keyof typeof acts] !== undefined);
    if (given.length !== 1) {
      context.addIssue(
        `write exactly one of hear, say, play, type, press, interrupt, wait, noise, hangUp in a turn, not ${given.length}`,
      );
      return z.NEVER;
    }
    if (within !== undefined && acts.hear === undefined && acts.interrupt === undefined) {
      context.addIssue('within belongs to hear and interrupt only; remove it');
      return z.NEVER;
    }
    if (optional !== undefined && acts.hear === undefined) {
      context.addIssue('optional belongs to hear only; remove it');
      return z.NEVER;
    }
    if (words !== undefined && acts.play === undefined) {
      context.addIssue('words belongs to play only; remove it');
      return z.NEVER;
    }
    const withinSeconds = within ?? defaultPatience;
    if (acts.hear !== undefined) {
      return { kind: 'hear', expected: acts.hear, withinSeconds, optional: optional ?? false };
    }
    if (acts.say !== undefined) return { kind: 'say', text: acts.say };
    if (acts.play !== undefined) return { kind: 'play', sound: acts.play, text: words };
    if (acts.interrupt !== undefined) {
      return { kind: 'interrupt', text: acts.interrupt, withinSeconds };
    }
    if (acts.type !== undefined) {
      const { type } = acts;
      return { kind: 'type', text: typeof type === 'string' ? type : detailsSentence(type) };
    }
    if (acts.press !== undefined) return { kind: 'press', keys: acts.press };
    if (acts.wait !== undefined) return { kind: 'wait', seconds: acts.wait };
    if (acts.noise !== undefined) return { kind: 'noise', seconds: acts.noise };
    return { kind: 'hangUp' };
  });
}
