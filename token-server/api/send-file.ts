import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { Problem } from '../problem.ts';

/** Bytes that are sent as they are read. */
export interface FileAnswer {
  type: string;
  /** As it is saved. */
  name: string;
  /** Whether a browser saves it, or may play it where it is. */
  isSaved: boolean;
  /** Bytes; null where that shows at the end only: then no part of it can be asked for. */
  size: number | null;
  read(range: { first: number; last: number }): AsyncIterable<Uint8Array>;
}

/**
 * Sends a file, or the part of it that is asked for (RFC 9110, 14): a player that seeks asks for what it
 * plays. What fails before the first byte is answered as a problem; later the connection ends.
 *
 * @throws {Problem} no such part
 */
export async function sendFile(
  request: Request,
  response: Response,
  file: FileAnswer,
): Promise<void> {
  const { size } = file;
  const range = size === null ? null : readRange(request, size);
  const bytes = file.read(range ?? { first: 0, last: (size ?? 1) - 1 });
  const reader = bytes[Symbol.asyncIterator]();
  const first = await reader.next();
  response.status(range ? 206 : 200).set({
    'Content-Type': file.type,
    'Content-Disposition': `${file.isSaved ? 'attachment' : 'inline'}; filename="${file.name}"`,
  });
  if (size !== null) {
    response.set('Accept-Ranges', 'bytes');
    response.set('Content-Length', String(range ? range.last - range.first + 1 : size));
  }
  if (range) response.set('Content-Range', `bytes ${range.first}-${range.last}/${size}`);
  if (request.method === 'HEAD') {
    await reader.return?.();
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(goOn(first, reader)), response);
  } catch (error) {
    // A player that seeks, or a page that is left, waits for no more of it.
    if ((Object(error) as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    // Of who left before the first byte `goOn` never began, and ends nothing.
    await reader.return?.();
  }
}

async function* goOn(
  first: IteratorResult<Uint8Array>,
  reader: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; next.done !== true; next = await reader.next()) yield next.value;
  } finally {
    await reader.return?.();
  }
}

/** The one part that is asked for; null: all of it, as where several are, or what is no range. */
function readRange(request: Request, size: number): { first: number; last: number } | null {
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) {
    throw new Problem('range_not_satisfiable', `must lie within ${size} bytes`, {
      field: 'Range',
      headers: { 'Content-Range': `bytes */${size}` },
    });
  }
  if (ranges === undefined || ranges === -2 || ranges.length !== 1) return null;
  const [range] = ranges;
  return range ? { first: range.start, last: range.end } : null;
}
