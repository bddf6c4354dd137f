import { Room } from 'livekit-client';

import type { CallView } from '../../../calls/call-view.ts';
import type { ReadLevels } from '../../../web/audio/use-audio-levels.ts';
import type { CallFailure } from '../../../web/call/call-failure.ts';
import { IDLE_CALL, type CallSnapshot } from '../../../web/call/call-snapshot.ts';
import type { TranscriptLine } from '../../../web/call/transcript.ts';
import type { AgentInfo } from '../../../web/token-server.ts';
import { exampleAppointment, exampleSlots, exampleView, noDetails } from '../example-view.ts';

interface Scene {
  snapshot: CallSnapshot;
  rehearsal?: boolean;
  levels?: { agent: ReadLevels; caller: ReadLevels };
}

export const agent: AgentInfo = {
  slug: 'front-desk',
  name: 'Front desk',
  businessName: 'Harbor Street Clinic',
  language: 'en',
  rehearsal: false,
};

const [first, second] = exampleSlots;
const wednesday = {
  ...first,
  id: 'slot_3',
  label: 'Wednesday, November 25 at 9:30 AM',
  day: 'Wednesday, November 25',
  time: '9:30 AM',
  minute: 570,
  start: '2026-11-25T14:30:00Z',
  end: '2026-11-25T15:00:00Z',
};
const offer: NonNullable<CallView['offer']> = {
  message: null,
  slots: [first, second, wednesday],
};
const chosen = { ...offer, slots: [first, { ...second, isChosen: true }, wednesday] };
const german: CallView = {
  ...exampleView,
  language: 'de',
  details: noDetails,
  offer: {
    message: null,
    slots: [
      { ...first, day: 'Dienstag, 24. November', time: '13:00', zone: 'Mitteleuropäische Zeit' },
      { ...second, day: 'Dienstag, 24. November', time: '14:30', zone: 'Mitteleuropäische Zeit' },
      { ...wednesday, day: 'Mittwoch, 25. November', time: '20:30', minute: 1_230 },
    ],
  },
};
const view: CallView = { ...exampleView, rehearsal: false };
const appointment = exampleAppointment;

const said: [TranscriptLine['role'], string][] = [
  ['agent', 'Hi, this is Harbor Street Clinic, how can I help you?'],
  ['caller', 'I would like to book an appointment'],
  ['agent', 'Gladly. Which day would suit you?'],
  ['caller', 'next Tuesday afternoon'],
  [
    'agent',
    'On Tuesday, November 24, I have 1:00 PM and 2:30 PM, or Wednesday the 25th at 9:30 AM. Which one would you like?',
  ],
];

function lines(turns: typeof said): TranscriptLine[] {
  return turns.map(([role, text], index) => ({
    id: String(index),
    role,
    text,
    final: true,
    typed: false,
    undelivered: false,
  }));
}

const live: CallSnapshot = {
  ...IDLE_CALL,
  phase: 'live',
  activity: 'listening',
  microphone: 'on',
  room: new Room(),
  view,
};

/** A vowel, roughly: loud in the middle, ragged towards the edges. */
const voice: ReadLevels = () =>
  Array.from({ length: 25 }, (_, band) =>
    Math.max(0, 0.9 * Math.exp(-band / 9) * (0.55 + 0.45 * Math.sin(band * 2.1 + 1))),
  );
const faint: ReadLevels = () => voice().map((level) => level * 0.25);
const silence: ReadLevels = () => [];

const offered: CallSnapshot = {
  ...live,
  view: { ...view, offer, details: noDetails },
  transcript: lines(said),
};

export const scenes: Record<string, Scene> = {
  idle: { snapshot: IDLE_CALL },
  rehearsal: { snapshot: IDLE_CALL, rehearsal: true },
  refused: { snapshot: { ...IDLE_CALL, microphone: 'refused' } },
  missing: { snapshot: { ...IDLE_CALL, microphone: 'missing' } },
  asking: { snapshot: { ...IDLE_CALL, phase: 'connecting', microphone: 'asking' } },
  connecting: { snapshot: { ...IDLE_CALL, phase: 'connecting', microphone: 'on' } },
  greeting: {
    snapshot: { ...live, activity: 'speaking', transcript: lines(said.slice(0, 1)) },
    levels: { agent: voice, caller: silence },
    rehearsal: true,
  },
  thinking: { snapshot: { ...live, activity: 'thinking', transcript: lines(said.slice(0, 4)) } },
  offer: { snapshot: offered, levels: { agent: silence, caller: voice }, rehearsal: true },
  chosen: {
    snapshot: {
      ...offered,
      activity: 'speaking',
      view: {
        ...view,
        offer: chosen,
        details: [
          { field: 'name', value: 'Mary Smith', state: 'heard', likely: null },
          { field: 'email', value: 'mary@gmail.con', state: 'typed', likely: 'mary@gmail.com' },
          { field: 'phone', value: '+12025550123', state: 'confirmed', likely: null },
        ],
      },
      transcript: lines([
        ...said,
        ['caller', 'Tuesday, November 24, 2:30 PM'],
        ['agent', 'You chose Tuesday, November 24 at 2:30 PM. What is your name?'],
        ['caller', 'Mary Smith'],
      ]),
    },
    levels: { agent: voice, caller: silence },
  },
  settled: {
    snapshot: {
      ...offered,
      view: {
        ...view,
        offer: { ...chosen, message: 'Tuesday, November 24 at 4:00 PM has just been taken.' },
        details: [
          { field: 'name', value: 'Mary Smith', state: 'confirmed', likely: null },
          { field: 'email', value: 'mary.smith@example.com', state: 'typed', likely: null },
        ],
      },
    },
  },
  german: { snapshot: { ...offered, view: german } },
  reconnecting: { snapshot: { ...offered, reconnecting: true } },
  typing: {
    snapshot: {
      ...offered,
      microphone: 'off',
      soundBlocked: true,
      transcript: [
        ...lines(said),
        {
          id: 'lost',
          role: 'caller',
          text: 'The second one, please',
          final: true,
          typed: true,
          undelivered: true,
        },
      ],
    },
  },
  muted: { snapshot: { ...offered, microphone: 'muted' } },
  booked: {
    snapshot: {
      ...live,
      activity: 'speaking',
      view: { ...view, offer: null, appointment },
      transcript: lines([
        ...said,
        ['caller', 'the second one please'],
        ['agent', 'Tuesday, November 24 at 2:30 PM. May I have your name and e-mail address?'],
        ['caller', 'My name is Mary Smith and my e-mail is mary.smith@example.com'],
        ['agent', 'Booked: Tuesday, November 24 at 2:30 PM Eastern time, for Mary Smith.'],
      ]),
    },
    levels: { agent: voice, caller: faint },
  },
  unconfirmed: {
    snapshot: {
      ...live,
      view: { ...view, offer: null, appointment: { ...appointment, status: 'unconfirmed' } },
      transcript: lines(said),
    },
  },
  ended: {
    snapshot: {
      ...IDLE_CALL,
      phase: 'ended',
      view: { ...view, offer: null, appointment },
      transcript: lines(said),
    },
  },
  'ended-empty': { snapshot: { ...IDLE_CALL, phase: 'ended', view } },
  failed: {
    snapshot: { ...IDLE_CALL, phase: 'failed', failure: { kind: 'no-agent' } },
  },
  'joined-twice': {
    snapshot: {
      ...IDLE_CALL,
      phase: 'failed',
      failure: { kind: 'joined-twice' },
      view: { ...view, offer: null },
      transcript: lines(said),
    },
  },
  lost: {
    snapshot: {
      ...IDLE_CALL,
      phase: 'failed',
      failure: { kind: 'connection-lost' },
      view: { ...view, offer: null, appointment },
      transcript: lines(said),
    },
  },
};

export const notices: Record<string, CallFailure> = {
  'agent-missing': { kind: 'agent-missing' },
  'agent-disabled': { kind: 'agent-disabled' },
};
