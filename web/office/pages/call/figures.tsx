import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  ENDED_BY_WORDS,
  LINE_WORDS,
  writeClock,
  writeCost,
  writeWait,
} from '../../components/call-words.ts';
import { Instant } from '../../components/instant.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import classes from './call.module.css';
import type { WholeCall } from './whole-call.ts';

const AMOUNTS: Record<string, string> = {
  textInput: 'text in',
  cachedTextInput: 'text in again',
  audioInput: 'sound in',
  cachedAudioInput: 'sound in again',
  imageInput: 'images in',
  cachedImageInput: 'images in again',
  textOutput: 'text out',
  audioOutput: 'sound out',
  seconds: 's written down',
};

/** What there is to know of a call beside what was said. */
export function Figures({ call }: { call: WholeCall }) {
  const { startedAt, endedAt, endedBy, endReason, callerNumber, language } = call;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="figures">
      <Title order={2} fz="lg" id="figures" mb="xs">
        Call
      </Title>
      <dl className={classes['facts']}>
        <Fact name="Outcome">
          <OutcomeBadge {...call} />
        </Fact>
        <Fact name="Began">
          <Instant at={startedAt} />
        </Fact>
        <Fact name="Length">
          {endedAt === null
            ? 'It goes on'
            : writeClock(Date.parse(endedAt) - Date.parse(startedAt))}
        </Fact>
        {endedBy !== null && (
          <Fact name="End">
            {ENDED_BY_WORDS[endedBy]}
            {endReason !== null && endedBy === 'fault' && `: ${endReason}`}
          </Fact>
        )}
        <Fact name="Line">{LINE_WORDS[call.line]}</Fact>
        {callerNumber !== null && (
          <Fact name="Number">
            {callerNumber}
            {call.isCallerBlocked && ' (blocked)'}
          </Fact>
        )}
        <Fact name="Agent">{call.agentName}</Fact>
        <Fact name="Caller’s clock">{call.timeZone.replaceAll('_', ' ')}</Fact>
        {language !== null && <Fact name="Language">{nameLanguage(language)}</Fact>}
        <Fact name="Waited for an answer">
          {call.medianLatency === null
            ? 'never'
            : `${writeWait(call.medianLatency)} as a rule, ${writeWait(call.longestLatency)} at most`}
        </Fact>
        <Fact name="Cost, estimated">{writeCost(call.cost)}</Fact>
        {call.charges.map(({ model, amounts, cost }) => (
          <Fact key={model} name={model}>
            {Object.entries(amounts)
              .filter(([, amount]) => amount > 0)
              .map(([kind, amount]) => `${amount.toLocaleString('en')} ${AMOUNTS[kind] ?? kind}`)
              .join(', ')}{' '}
            ({writeCost(cost)})
          </Fact>
        ))}
      </dl>
      {call.messages.length > 0 && (
        <Stack gap={4} mt="md">
          <Title order={3} fz="md">
            Message left
          </Title>
          {call.messages.map(({ at, name, callbackNumber, email, text }) => (
            <Text key={at} size="sm" className={classes['said'] ?? ''}>
              “{text}” {[name, callbackNumber, email].filter(Boolean).join(', ')}
            </Text>
          ))}
        </Stack>
      )}
    </Paper>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} className={classes['said'] ?? ''}>
        {children}
      </Text>
    </div>
  );
}

function nameLanguage(language: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
}
