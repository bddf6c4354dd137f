import { setTimeout as pause } from 'node:timers/promises';

// Reads an address as often as it is told, each answer in its own time, as a program does that has
// other work between two pieces. Node's own `fetch` must come from a process that has not loaded
// undici 8, which puts itself under it.
const [url = '', means = '', times = ''] = process.argv.slice(2);
const fetchWith = await fetchOf(means);
for (let count = 0; count < Number(times); count += 1) {
  const answer = await fetchWith(url);
  let received = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    received += chunk.byteLength;
    await pause(1);
  }
  process.stdout.write(`${received}\n`);
}

async function fetchOf(name: string): Promise<typeof fetch> {
  if (name === 'built-in') return fetch;
  const { guardGlobalFetch, transport } = await import('../../runtime/http-transport.ts');
  if (name === 'transport') return transport;
  guardGlobalFetch();
  return fetch;
}
