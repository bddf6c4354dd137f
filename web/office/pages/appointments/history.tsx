import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { Answered } from '../../components/answered.tsx';
import { Instant } from '../../components/instant.tsx';
import classes from './drawer.module.css';
import { mailWords, newsWords, stepWords } from './history-words.ts';

export type HistoryEntry = ItemOf<'getAppointmentHistory'>;

/** How an appointment came to be what it is, the newest first. */
export function History({ appointmentId }: { appointmentId: string }) {
  const answer = useAnswer('getAppointmentHistory', { params: { appointmentId }, every: 10_000 });
  return (
    <Answered of={answer}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">It was found in the calendar; nothing was done with it here.</Text>
        ) : (
          <ol className={classes['history']}>
            {items.toReversed().map((entry) => (
              <li key={keyOf(entry)}>
                <Entry of={entry} />
              </li>
            ))}
          </ol>
        )
      }
    </Answered>
  );
}

function Entry({ of: entry }: { of: HistoryEntry }) {
  return (
    <>
      <div>
        {entry.kind === 'step' ? (
          <>
            {stepWords(entry)}
            {entry.wish === 'reschedule' && entry.state === 'requested' && (
              <>
                : <Instant at={entry.start} />
              </>
            )}
          </>
        ) : entry.kind === 'news' ? (
          newsWords(entry)
        ) : (
          mailWords(entry)
        )}
      </div>
      <Text size="sm" c="dimmed" component="div">
        <Instant at={entry.at} />
        {entry.kind === 'step' && entry.state === 'requested' && (
          <>
            {', '}
            {entry.callId !== null ? (
              <Anchor component={Link} to={`/office/calls/${entry.callId}`} underline="always">
                {entry.agent === null ? 'in a call' : `in a call with ${entry.agent}`}
              </Anchor>
            ) : (
              whoAsked(entry)
            )}
          </>
        )}
        {entry.kind === 'step' && entry.reason !== null && <div>{withoutName(entry.reason)}</div>}
      </Text>
    </>
  );
}

function whoAsked({ by }: Extract<HistoryEntry, { kind: 'step' }>): string {
  return by ? `by ${by.name}` : 'by hand';
}

/** The words of a failure, without what programs call it. */
function withoutName(reason: string): string {
  return reason.replace(/^\w+Error: /, '');
}

function keyOf(entry: HistoryEntry): string {
  const what = entry.kind === 'step' ? `${entry.intentId} ${entry.state}` : '';
  return `${entry.kind} ${entry.at} ${what}`;
}
