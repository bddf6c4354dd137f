// The room library writes diagnostics between the lines of the table unless told otherwise.
process.env['NODE_ENV'] = 'production';
const [what, ...given] = process.argv.slice(2);
const inRooms = what === undefined || what === 'burst' || what === 'phone' || Number(what) > 0;
if (inRooms) {
  const { beginLibrary } = await import('../calls/livekit-library.ts');
  await beginLibrary();
}
if (what === 'storm') {
  const { runStorm } = await import('./storm/run-storm.ts');
  await runStorm(given);
} else if (what === 'phone') {
  const { runPhoneBench } = await import('./phone/run-phone-bench.ts');
  await runPhoneBench(Number(given[0] ?? 10));
} else if (what === 'availability') {
  const { runAvailability } = await import('./availability/run-availability.ts');
  await runAvailability(Number(given[0] ?? 20));
} else if (what === 'slots') {
  const { runSlots } = await import('./slots/run-slots.ts');
  runSlots();
} else if (what === 'ears') {
  const { runEars } = await import('./ears/run-ears.ts');
  await runEars(Number(given[0] ?? 10));
} else if (what === 'office') {
  const { runOfficeBench } = await import('./office/run-office-bench.ts');
  await runOfficeBench(given);
} else if (what === 'burst') {
  const { runBurst } = await import('./burst/run-burst.ts');
  await runBurst(given.length > 0 ? given.map(Number) : [3, 5, 10]);
} else {
  const { runBench } = await import('./run-bench.ts');
  await runBench(Number(what ?? 10));
}
if (inRooms) {
  // The library keeps the process alive.
  const { dispose } = await import('@livekit/rtc-node');
  await dispose();
}
