import type { TimeRange } from '../calendar.ts';

/** An object of a calendar as the server has it. */
export interface DavObject {
  path: string;
  etag: string | null;
  ics: string;
}

interface Known extends TimeRange {
  /** The calendar's own mark of the state that was read; null where it was not asked before. */
  tag: string | null;
  objects: readonly DavObject[];
}

/** Characters of a calendar that are kept: a process has many calls. */
const MOST_KEPT = 1_000_000;

/**
 * What was read of some calendars, for who asks again. It is answered only while the calendar's tag is
 * the one that was read before its objects were: what is written between the two makes another one.
 *
 * For offers alone: whoever writes reads the calendar itself.
 */
export class KnownObjects {
  readonly #known = new Map<string, Known>();

  /**
   * @param ask.tag what the calendar says of its state now; null where it says nothing
   * @param ask.objects everything in the range, from the server
   * @throws {CalendarError}
   */
  async read(
    { href }: URL,
    range: TimeRange,
    ask: { tag: () => Promise<string | null>; objects: () => Promise<readonly DavObject[]> },
  ): Promise<readonly DavObject[]> {
    const known = this.#known.get(href);
    // Who asks for the first time may be the last: only the second pays for the question.
    const tag = known ? await ask.tag() : null;
    const isWhole = known && known.from <= range.from && known.to >= range.to;
    if (isWhole && tag !== null && known.tag === tag) return known.objects;
    const objects = await ask.objects();
    const size = objects.reduce((sum, { ics }) => sum + ics.length, 0);
    if (size > MOST_KEPT) this.#known.delete(href);
    else this.#known.set(href, { ...range, tag, objects });
    return objects;
  }
}
