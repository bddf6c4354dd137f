import { Card } from './chart-card.tsx';
import { FigureTable } from './figure-table.tsx';
import type { Analytics } from './analytics-words.ts';
import { LINES, OUTCOMES, writeCount, writeShare } from './analytics-words.ts';

/** What came of calls, on which line, and what became of messages. */
export function OutcomeTable({ analytics }: { analytics: Analytics }) {
  const { calls, outcomes, lines, messages } = analytics;
  return (
    <Card title="What came of calls">
      <FigureTable
        caption="Outcomes"
        head={['Outcome', 'Calls', 'Share']}
        rows={outcomes
          .toSorted((one, other) => other.calls - one.calls)
          .map((each) => [
            OUTCOMES[each.outcome] ?? each.outcome,
            writeCount(each.calls),
            writeShare(each.calls, calls),
          ])}
      />
      <FigureTable
        caption="Lines"
        head={['Line', 'Calls', 'Minutes']}
        rows={lines.map(({ line, calls: ofLine, minutes }) => [
          LINES[line] ?? line,
          writeCount(ofLine),
          writeCount(minutes),
        ])}
      />
      {messages.taken > 0 && (
        <FigureTable
          caption="Messages"
          head={['Messages', 'How many', 'Share']}
          rows={[
            ['Taken', writeCount(messages.taken), ''],
            [
              'Answered in time',
              writeCount(messages.inTime),
              writeShare(messages.inTime, messages.taken),
            ],
            [
              'Answered at all',
              writeCount(messages.answered),
              writeShare(messages.answered, messages.taken),
            ],
          ]}
        />
      )}
    </Card>
  );
}
