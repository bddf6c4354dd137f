import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// The room library writes its diagnostics to standard output, between the lines of a report, and
// WebAssembly's system interface warns that it is an experiment.
const require = createRequire(import.meta.url);
const roomLibrary = dirname(require.resolve('@livekit/rtc-node'));
const { log } = require(join(roomLibrary, 'log.cjs')) as { log: { level: string } };
log.level = 'silent';
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') {
    console.warn(warning);
  }
});

const { guardGlobalFetch } = await import('../runtime/http-transport.ts');
guardGlobalFetch();

const { runCommand } = await import('./command.ts');
await runCommand(process.argv);
