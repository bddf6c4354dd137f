// Runs in the page before its own scripts: the microphone becomes a stream on which the test speaks.
{
  const context = new AudioContext();
  const line = context.createMediaStreamDestination();
  // A room is never digitally silent.
  const hum = new AudioBuffer({ length: context.sampleRate, sampleRate: context.sampleRate });
  const values = hum.getChannelData(0);
  for (let index = 0; index < values.length; index += 1)
    values[index] = (Math.random() - 0.5) / 2_000;
  const room = new AudioBufferSourceNode(context, { buffer: hum, loop: true });
  room.connect(line);
  room.start();
  navigator.mediaDevices.getUserMedia = async () => {
    await context.resume();
    return line.stream.clone();
  };
  globalThis.speakIntoMicrophone = (samples, rate, gain) => {
    const buffer = new AudioBuffer({ length: samples.length, sampleRate: rate });
    buffer.copyToChannel(
      Float32Array.from(samples, (sample) => (gain * sample) / 32_768),
      0,
    );
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(line);
    source.start();
    return new Promise((resolve) => {
      source.addEventListener('ended', () => resolve());
    });
  };
}
