import type { Correction, ToolCall, Turn, WholeCall } from './whole-call.ts';

type What =
  | { kind: 'turn'; turn: Turn }
  | { kind: 'tool'; tool: ToolCall }
  | { kind: 'stopped'; correction: Correction };

export interface Moment {
  key: string;
  at: string;
  /** When the next turn begins. */
  until: number;
  what: What;
}

/** Turns, tools and what was never heard, in the order in which they happened. */
export function momentsOf({ turns, tools, corrections }: WholeCall): Moment[] {
  const all: [string, What][] = [
    ...turns.map((turn): [string, What] => [turn.at, { kind: 'turn', turn }]),
    ...tools.map((tool): [string, What] => [tool.at, { kind: 'tool', tool }]),
    // What was heard is corrected where it was said.
    ...corrections.flatMap((correction): [string, What][] =>
      isShown(correction, turns) ? [] : [[correction.at, { kind: 'stopped', correction }]],
    ),
  ];
  const starts = turns.map(({ at }) => Date.parse(at));
  return all
    .toSorted(([one], [other]) => Date.parse(one) - Date.parse(other))
    .map(([at, what], index) => {
      const until = starts.find((start) => start > Date.parse(at)) ?? Infinity;
      return { key: `${index} ${at}`, at, until, what };
    });
}

function isShown({ kind, instead }: Correction, turns: readonly Turn[]): boolean {
  return (
    kind === 'corrected' &&
    turns.some(({ sentences }) =>
      sentences.some(
        ({ verdict, correction }) => verdict === 'corrected' && correction === instead,
      ),
    )
  );
}
