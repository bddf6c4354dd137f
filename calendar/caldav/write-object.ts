import {
  BookingNotFoundError,
  CalendarError,
  CalendarUnreachableError,
  OutcomeUnknownError,
  RequestRefusedError,
} from '../calendar-error.ts';
import type { HttpAnswer } from '../http-client.ts';
import { isReference } from './booking-object.ts';
import type { StoredObject } from './booking-object.ts';
import { urlOf } from './calendar-parts.ts';
import type { CaldavParts } from './calendar-parts.ts';
import { readObject } from './read-objects.ts';
import { setupError } from './setup-error.ts';

export interface WrittenObject {
  reference: string;
  ics: string;
  /** The object that is replaced; null where there must be none. */
  replaces: StoredObject | null;
  /** Whether the object is as it was to become, whoever's write made it so. */
  isDone: (stored: StoredObject) => boolean;
  /** When its wish came, of `performance.now()`: nothing is written long after. */
  begun?: number;
  /** What it counts as where somebody has taken the object away; it is not done there unless given. */
  whenGone?: StoredObject;
}

/** Somebody has changed the object since it was read. Nothing was written. */
class ChangedMeanwhileError extends CalendarUnreachableError {}

/** Milliseconds after a wish in which its write is sent; with a write's own deadline less than 25 s. */
const LATEST = 12_000;

/** How often a change is tried whose object somebody else changes too. */
const ATTEMPTS = 3;

/**
 * Changes the object of a booking, anew where somebody else changed it meanwhile.
 * @param edit what it becomes; null where it is as it should be
 * @throws {BookingNotFoundError} {CalendarError}
 */
export async function changeObject(
  parts: CaldavParts,
  reference: string,
  edit: (
    stored: StoredObject,
  ) => Promise<Pick<WrittenObject, 'ics' | 'isDone' | 'whenGone'> | null>,
): Promise<{ before: StoredObject; after: StoredObject }> {
  const begun = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const stored = isReference(reference)
      ? await readObject(parts, reference, { partOfWrite: true })
      : null;
    if (!stored) throw new BookingNotFoundError('The calendar has no such booking.');
    const change = await edit(stored);
    if (!change) return { before: stored, after: stored };
    try {
      const after = await writeObject(parts, { reference, replaces: stored, begun, ...change });
      return { before: stored, after };
    } catch (error) {
      if (!(error instanceof ChangedMeanwhileError) || attempt >= ATTEMPTS) throw error;
    }
  }
}

/**
 * Writes an object once. Whatever is answered but that it was written, the object is read: what lies
 * there then is what was done.
 * @returns the object as it lies there
 * @throws {OutcomeUnknownError} it may come yet
 * @throws {CalendarUnreachableError} {RequestRefusedError} {CalendarSetupError} nothing was written
 * @throws {CalendarError}
 */
export async function writeObject(
  parts: CaldavParts,
  { reference, ics, replaces, isDone, begun, whenGone }: WrittenObject,
): Promise<StoredObject> {
  // Whoever finds nothing some time later takes the write for one that was never made.
  if (begun !== undefined && performance.now() - begun > LATEST) {
    throw new CalendarUnreachableError('Nothing was written: reading the calendar took too long.');
  }
  const condition = replaces ? ifMatch(replaces) : ({ ifNoneMatch: '*' } as const);
  const answer = await sendWrite(() =>
    parts.client.send({ method: 'PUT', url: urlOf(parts, reference), ics, ...condition }),
  );
  const stored = (await readAfter(parts, reference, answer)) ?? whenGone;
  if (stored && isDone(stored)) return stored;
  if (answer instanceof OutcomeUnknownError) throw answer;
  if (isWritten(answer) || mayStillCome(answer)) {
    throw new OutcomeUnknownError(`The server answered ${answer.status}, and has something else.`);
  }
  throw refusalOf(answer);
}

/**
 * Takes an object away.
 * @throws {OutcomeUnknownError} it may be there yet
 * @throws {CalendarError}
 */
export async function removeObject(parts: CaldavParts, reference: string): Promise<void> {
  const answer = await sendWrite(() =>
    parts.client.send({ method: 'DELETE', url: urlOf(parts, reference) }),
  );
  if (!(answer instanceof OutcomeUnknownError)) {
    if (isWritten(answer) || answer.status === 404 || answer.status === 410) return;
  }
  if ((await readAfter(parts, reference, answer)) === null) return;
  throw answer instanceof OutcomeUnknownError
    ? answer
    : new OutcomeUnknownError(`The server answered ${answer.status}, and has it yet.`);
}

async function sendWrite(
  send: () => Promise<HttpAnswer>,
): Promise<HttpAnswer | OutcomeUnknownError> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof OutcomeUnknownError) return error;
    throw error;
  }
}

async function readAfter(
  parts: CaldavParts,
  reference: string,
  answer: HttpAnswer | OutcomeUnknownError,
): Promise<StoredObject | null> {
  try {
    return await readObject(parts, reference, { partOfWrite: true });
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    if (!(answer instanceof OutcomeUnknownError) && !isWritten(answer) && !mayStillCome(answer)) {
      throw refusalOf(answer);
    }
    throw new OutcomeUnknownError('Whether it was written could not be looked up.', { cause });
  }
}

function isWritten({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** A resource that is locked may be so by this very write (Xandikos, twenty at once). */
function mayStillCome({ status }: HttpAnswer): boolean {
  return status === 423;
}

function refusalOf({ status }: HttpAnswer): CalendarError {
  switch (status) {
    case 412:
      return new ChangedMeanwhileError('Nothing was written: somebody else changed it meanwhile.');
    case 403:
      return setupError(
        'key-without-rights',
        'The account may not write into the calendar: let its owner allow it, or choose another calendar.',
      );
    case 507:
      return setupError('not-supported', 'The calendar server has no room left.');
    default:
      return new RequestRefusedError(`The calendar server refuses the appointment (${status}).`, {
        field: null,
      });
  }
}

/** A weak one proves nothing (RFC 9110, 8.8.1): servers that give one are asked without. */
function ifMatch({ etag }: StoredObject): { ifMatch: string } | Record<string, never> {
  return etag === null || etag.startsWith('W/') ? {} : { ifMatch: etag };
}
