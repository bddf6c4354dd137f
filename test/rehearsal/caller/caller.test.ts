import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';

import { Caller } from '../../../rehearsal/caller/caller.ts';
import { readSoundFile } from '../../../rehearsal/caller/sound-file.ts';
import { playTurns } from '../../../rehearsal/play.ts';
import type { Turn } from '../../../rehearsal/scenario/turn-schema.ts';
import { level, SpeechMeter } from '../../../rehearsal/caller/speech-meter.ts';
import { sampleRate } from '../../../rehearsal/caller/sound.ts';
import { openVoice } from '../../../rehearsal/caller/voice.ts';
import { startSlotline } from '../../../start/running.ts';
import type { StartedSlotline } from '../../../start/running.ts';
import { slotlineSteps } from '../../../start/steps.ts';

/** LiveKit's server alone, as `npm start` runs it. */
const livekitOnly = ['livekit-binary', 'livekit'];

let livekit: StartedSlotline;

async function tokenFor(room: string, identity: string, kind?: string): Promise<string> {
  const token = new AccessToken(livekit.livekitApiKey, livekit.livekitApiSecret, {
    identity,
    ttl: 60,
  });
  token.addGrant({ roomJoin: true, room, canUpdateOwnMetadata: true });
  if (kind !== undefined) {
    token.kind = kind;
  }
  return token.toJwt();
}

/** Somebody who answers: joins as an agent would and speaks, publishes words and reads messages. */
class Receptionist {
  readonly room = new Room();
  readonly meter = new SpeechMeter();
  readonly messages: string[] = [];
  frames = 0;
  deadFrames = 0;
  readonly #source = new AudioSource(sampleRate, 1);
  readonly #voice = openVoice();
  #segments = 0;

  static async join(url: string, room: string): Promise<Receptionist> {
    const receptionist = new Receptionist();
    receptionist.room.on(RoomEvent.TrackSubscribed, (track) => {
      void receptionist.#listen(
        new AudioStream(track, { sampleRate, numChannels: 1, frameSizeMs: 20 }),
      );
    });
    receptionist.room.registerTextStreamHandler('lk.chat', (reader) => {
      void reader.readAll().then((text) => receptionist.messages.push(text));
    });
    await receptionist.room.connect(url, await tokenFor(room, 'agent-1', 'agent'), {
      autoSubscribe: true,
      dynacast: false,
    });
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    await receptionist.room.localParticipant?.publishTrack(
      LocalAudioTrack.createAudioTrack('voice', receptionist.#source),
      options,
    );
    await receptionist.state('listening');
    return receptionist;
  }

  async #listen(stream: AudioStream): Promise<void> {
    let at = 0;
    for await (const frame of stream) {
      at += 20;
      this.meter.push(frame.data, at);
      this.frames += 1;
      this.deadFrames += level(frame.data) === 0 ? 1 : 0;
    }
  }

  /** Until the caller has said one thing more than so many. */
  async hasListened(utterances: number): Promise<void> {
    const hasEnded = () => typeof this.meter.utterances[utterances]?.end === 'number';
    await vi.waitUntil(hasEnded, { timeout: 30_000, interval: 20 });
  }

  async state(state: string): Promise<void> {
    await this.room.localParticipant?.setAttributes({ 'lk.agent.state': state });
  }

  /** Publishes the words; `aloud: false` publishes them without a sound. */
  async speak(text: string, options: { aloud: boolean } = { aloud: true }): Promise<void> {
    await this.state('speaking');
    this.#segments += 1;
    const writer = await this.room.localParticipant?.streamText({
      topic: 'lk.transcription',
      attributes: { 'lk.segment_id': `S${this.#segments}`, 'lk.transcription_final': 'false' },
    });
    await writer?.write(text);
    if (options.aloud) {
      const samples = await this.#voice.speak('slt', text);
      for (let at = 0; at < samples.length; at += 320) {
        const frame = samples.slice(at, at + 320);
        await this.#source.captureFrame(new AudioFrame(frame, sampleRate, 1, frame.length));
      }
      await this.#source.waitForPlayout();
    }
    await writer?.close();
    await this.state('listening');
  }

  async show(view: unknown): Promise<void> {
    await this.room.localParticipant?.sendText(JSON.stringify(view), {
      topic: 'slotline.call-view',
    });
  }
}

describe.skipIf(!inject('livekitServer'))('a caller in a room', () => {
  let caller: Caller;
  let receptionist: Receptionist;

  beforeAll(async () => {
    livekit = await startSlotline({
      ephemeral: true,
      steps: (plan) => slotlineSteps(plan).filter((step) => livekitOnly.includes(step.name)),
    });
    caller = await Caller.join({
      url: livekit.livekitUrl,
      token: await tokenFor('room', 'visitor-1'),
    });
    receptionist = await Receptionist.join(livekit.livekitUrl, 'room');
    await caller.waitUntil(() => caller.agentState === 'listening', 5000);
    // Where no LiveKit server is at hand, the first run builds one.
  }, 240_000);

  afterAll(async () => {
    await caller.hangUp();
    await receptionist.room.disconnect();
    await livekit.stop();
  });

  it('is heard, types, and hears what is said aloud', async () => {
    const voice = openVoice();
    const turns: Turn[] = [
      {
        kind: 'hear',
        expected: { kind: 'pattern', pattern: /how can I help/ },
        withinSeconds: 10,
        optional: false,
      },
      { kind: 'say', text: 'I would like to book an appointment' },
      {
        kind: 'hear',
        expected: { kind: 'state', state: 'question' },
        withinSeconds: 10,
        optional: false,
      },
      { kind: 'type', text: 'Tuesday' },
    ];
    const speech = new Map([
      [turns[1]!, await voice.speak('rms', 'I would like to book an appointment')],
    ]);
    const answers = async () => {
      await receptionist.speak('Good morning, how can I help?');
      await caller.waitUntil(
        () => receptionist.meter.utterances.some((utterance) => utterance.end !== null),
        10_000,
      );
      await receptionist.speak('Which day would you like?');
    };
    const said = answers();
    const steps = await playTurns(turns, caller, speech);
    await said;
    await caller.waitUntil(() => receptionist.messages.length > 0, 5000);

    expect(steps.map((step) => [step.kind, step.ok])).toEqual([
      ['hear', true],
      ['say', true],
      ['hear', true],
      ['type', true],
    ]);
    expect(steps[2]?.detail).toBe('Which day would you like?');
    expect(steps[1]?.latency).toBeGreaterThan(200);
    expect(receptionist.meter.audibleMilliseconds).toBeGreaterThan(1200);
    expect(receptionist.messages).toEqual(['Tuesday']);
    // A lost packet may leave a hole; a dead line would be nothing else.
    expect(receptionist.deadFrames / receptionist.frames).toBeLessThan(0.2);
  });

  it('plays a recording as it is', async () => {
    const sound = {
      file: 'yes-please.wav',
      samples: readSoundFile('rehearsal/scenarios/recordings/bf_emma', 'yes-please.wav'),
    };
    const before = receptionist.meter.utterances.length;
    const turn: Turn = { kind: 'play', sound, text: 'yes please' };
    const [step] = await playTurns([turn], caller, new Map([[turn, sound.samples]]));
    await receptionist.hasListened(before);
    expect(step).toMatchObject({ kind: 'play', ok: true, text: 'yes please', repeatedAt: null });
    const { start, end } = receptionist.meter.utterances.at(-1)!;
    const milliseconds = (sound.samples.length / sampleRate) * 1_000;
    // Soft beginnings and ends of a sentence are below what counts as audible.
    expect((end ?? 0) - start).toBeGreaterThan(milliseconds * 0.7);
    expect((end ?? 0) - start).toBeLessThan(milliseconds * 1.3);
  });

  /** A caller says yes, and the receptionist answers one thing after the other. */
  async function sayYes(expected: RegExp, ...answers: string[]) {
    const yes: Turn = { kind: 'say', text: 'yes please' };
    const turns: Turn[] = [
      yes,
      {
        kind: 'hear',
        expected: { kind: 'pattern', pattern: expected },
        withinSeconds: 10,
        optional: false,
      },
    ];
    const speech = new Map([[yes, await openVoice().speak('rms', yes.text)]]);
    const heardBefore = receptionist.meter.utterances.length;
    const answer = async () => {
      for (const [index, text] of answers.entries()) {
        await receptionist.hasListened(heardBefore + index);
        await receptionist.speak(text);
      }
    };
    const [steps] = await Promise.all([playTurns(turns, caller, speech), answer()]);
    return { steps, said: receptionist.meter.utterances.length - heardBefore };
  }

  it('says a sentence again when asked to, once', async () => {
    const { steps, said } = await sayYes(
      /^It is booked/,
      'Sorry, I did not get that. Shall I book it?',
      'It is booked.',
    );
    expect(steps.map(({ ok }) => ok)).toEqual([true, true]);
    expect(steps[0]?.repeatedAt).toBeGreaterThan(steps[0]?.startedAt ?? 0);
    expect(said).toBe(2);
  });

  it('does not say it a third time', async () => {
    const { steps, said } = await sayYes(/^It is booked/, 'Pardon?', 'Pardon?');
    expect(steps.map(({ ok }) => ok)).toEqual([true, false]);
    expect(steps[1]?.detail).toContain('asked again after the caller had repeated it');
    expect(said).toBe(2);
  });

  it('does not count words that came without a sound', async () => {
    const before = caller.now();
    await receptionist.speak('You are booked for Tuesday.', { aloud: false });
    await caller.waitUntil(
      () => caller.words.segments.some((segment) => segment.final && segment.startedAt >= before),
      5000,
    );
    expect(caller.words.segments.at(-1)?.text).toBe('You are booked for Tuesday.');
    expect(caller.words.heardSince(before)).toBe('');
  });

  it('fails a turn when nothing is said', async () => {
    const since = caller.now();
    const steps = await playTurns(
      [
        {
          kind: 'hear',
          expected: { kind: 'pattern', pattern: /wednesday/ },
          withinSeconds: 0.2,
          optional: false,
        },
      ],
      caller,
      new Map(),
    );
    expect(steps[0]).toMatchObject({ ok: false });
    expect(steps[0]?.detail).toContain('not heard within 0.2 s');
    expect(caller.now() - since).toBeLessThan(2000);
  });

  it('interrupts while the agent speaks, and tells when it speaks on', async () => {
    const turn: Turn = { kind: 'interrupt', text: 'wait', withinSeconds: 5 };
    const speech = new Map([[turn, await openVoice().speak('rms', 'wait')]]);
    const speaking = receptionist.speak(
      'On Tuesday there is ten in the morning, eleven in the morning and two in the afternoon, and three.',
    );
    const [step] = await playTurns([turn], caller, speech);
    await speaking;
    expect(step).toMatchObject({ ok: false, detail: 'the agent spoke on' });
  });

  it('sees the offered times as the page does', async () => {
    const slots = [
      { id: 's1', label: 'Tuesday', start: '2026-11-24T19:00:00Z', end: '2026-11-24T19:30:00Z' },
    ];
    await receptionist.show({
      v: 2,
      state: 'talking',
      offer: { message: null, slots },
      appointment: null,
    });
    expect(await caller.waitUntil(() => caller.traces.views.length > 0, 5000)).toBe(true);
    expect(caller.traces.views.at(-1)?.offer?.slots).toEqual(slots);
  });

  it('keeps a recording with both voices', async () => {
    const wave = caller.recording.wave();
    const samples = new Int16Array(
      wave.buffer.slice(wave.byteOffset + 44, wave.byteOffset + wave.length),
    );
    const loudest = [0, 0];
    for (const [index, sample] of samples.entries()) {
      loudest[index % 2] = Math.max(loudest[index % 2] ?? 0, Math.abs(sample));
    }
    expect(loudest[0]).toBeGreaterThan(5000);
    expect(loudest[1]).toBeGreaterThan(5000);
  });

  it('notices that the agent left', async () => {
    await receptionist.room.disconnect();
    expect(await caller.waitUntil(() => caller.agentLeft, 5000)).toBe(true);
  });
});
