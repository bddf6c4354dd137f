/** One turn as it stands in the transcript. */
export interface TranscriptLine {
  id: string;
  role: 'caller' | 'agent';
  text: string;
  /** False while the words may still change. */
  final: boolean;
  typed: boolean;
  /** A typed message that did not get through. */
  undelivered: boolean;
}

/** A segment's text so far, as read from one stream on `lk.transcription`. */
export interface TranscriptSegment {
  id: string;
  role: 'caller' | 'agent';
  text: string;
  final: boolean;
}

/**
 * Merges a segment by its id. The agent's words grow in one stream; the caller's arrive as a
 * new stream a revision, so the latest text replaces the earlier one.
 *
 * A caller's line that turns up while the agent's answer is still running goes before that
 * answer: recognition of a turn may come later than the reply to it.
 */
export function mergeSegment(
  lines: readonly TranscriptLine[],
  segment: TranscriptSegment,
): readonly TranscriptLine[] {
  const at = lines.findIndex((line) => line.id === segment.id);
  const known = lines[at];
  if (known) {
    // A late interim stream must not undo what was already final.
    if (known.final && !segment.final) return lines;
    return lines.with(at, { ...known, text: segment.text, final: segment.final });
  }
  if (segment.text.trim() === '') return lines;
  const line: TranscriptLine = { ...segment, typed: false, undelivered: false };
  const last = lines.at(-1);
  if (segment.role === 'caller' && last?.role === 'agent' && !last.final) {
    return lines.toSpliced(-1, 0, line);
  }
  return [...lines, line];
}

/** Adds what the visitor typed, at once: the worker does not send it back. */
export function addTyped(
  lines: readonly TranscriptLine[],
  message: { id: string; text: string },
): readonly TranscriptLine[] {
  return [...lines, { ...message, role: 'caller', final: true, typed: true, undelivered: false }];
}

export function markUndelivered(
  lines: readonly TranscriptLine[],
  id: string,
): readonly TranscriptLine[] {
  return lines.map((line) => (line.id === id ? { ...line, undelivered: true } : line));
}

/** Takes back what came to nothing. */
export function withoutLine(
  lines: readonly TranscriptLine[],
  id: string,
): readonly TranscriptLine[] {
  return lines.filter((line) => line.id !== id);
}

/** Nothing changes any more once the call is over. */
export function settleLines(lines: readonly TranscriptLine[]): readonly TranscriptLine[] {
  return lines.map((line) => (line.final ? line : { ...line, final: true }));
}
