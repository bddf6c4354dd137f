import { Anchor, Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/route-types.ts';
import { Instant } from '../../components/instant.tsx';
import { Section } from './section.tsx';
import classes from './today.module.css';

type Today = AnswerOf<'getToday'>;

const DOES = { book: 'Booking', reschedule: 'Move', cancel: 'Cancellation' };

/** What waits for a person, the most pressing first. */
export function OpenTasks({ today }: { today: Today }) {
  const { calendars, unconfirmed, messages, failedNews, endpoints } = today;
  const all = [calendars, unconfirmed, messages, failedNews, endpoints];
  const count = all.reduce((sum, few) => sum + few.count, 0);
  const listed = all.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <Section title="Needs a person" count={count} color="red">
      {count === 0 ? (
        <Text c="dimmed" size="sm">
          Nothing waits: every booking is confirmed and every message seen to.
        </Text>
      ) : (
        <ul className={classes['list']}>
          {calendars.items.map(({ id, name, problem }) => (
            <Task key={id} kind="Calendar" color="red" words={`${name}: ${problem}`} />
          ))}
          {unconfirmed.items.map(({ id, kind, needsPerson, attendeeName, start, at, callId }) => (
            <Task
              key={id}
              kind="Unconfirmed"
              color="orange"
              words={
                <>
                  {DOES[kind]} for {attendeeName}, <Instant at={start} />
                  {needsPerson
                    ? ': look in the calendar whether it is there.'
                    : ': still looked up by itself.'}
                </>
              }
              at={at}
              callId={callId}
            />
          ))}
          {messages.items.map(({ id, name, callbackNumber, text, urgent, at, callId }) => (
            <Task
              key={id}
              kind={urgent ? 'Urgent message' : 'Message'}
              color={urgent ? 'red' : 'blue'}
              words={`${[name, callbackNumber].filter(Boolean).join(', ') || 'Somebody'}: ${text}`}
              at={at}
              callId={callId}
            />
          ))}
          {failedNews.items.map(({ id, calendar, reason, at }) => (
            <Task
              key={id}
              kind="Webhook"
              color="orange"
              words={`News of ${calendar} could not be applied${reason === null ? '.' : `: ${reason}`}`}
              at={at}
            />
          ))}
          {endpoints.items.map(({ id, origin, isSwitchedOff, at }) => (
            <Task
              key={id}
              kind="Webhook"
              color="orange"
              words={`${origin} ${isSwitchedOff ? 'failed for days and was switched off' : 'does not take what it is told'}.`}
              at={at}
            />
          ))}
          {count > listed && (
            // Of each kind the first few are listed.
            <li>
              <Text size="sm" c="dimmed">
                and {count - listed} more.
              </Text>
            </li>
          )}
        </ul>
      )}
    </Section>
  );
}

interface TaskProps {
  kind: string;
  color: string;
  words: ReactNode;
  at?: string;
  callId?: string | null;
}

function Task({ kind, color, words, at, callId = null }: TaskProps) {
  return (
    <li>
      <Badge size="sm" variant="light" color={color} tt="none">
        {kind}
      </Badge>
      <Text size="sm" className={classes['words'] ?? ''} lineClamp={3}>
        {words}
      </Text>
      {(at !== undefined || callId !== null) && (
        <Text size="sm" c="dimmed">
          {at !== undefined && <Instant at={at} />}
          {callId !== null && (
            <>
              {at !== undefined && ' · '}
              <Anchor underline="always" component={Link} to={`/office/calls/${callId}`}>
                the call
              </Anchor>
            </>
          )}
        </Text>
      )}
    </li>
  );
}
