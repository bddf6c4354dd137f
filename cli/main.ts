import { env, stderr, stdin, stdout } from 'node:process';
import { PROVIDERS } from '../calendar/providers.ts';
import { guardGlobalFetch } from '../runtime/http-transport.ts';
import { loadOwnEnvFile } from '../runtime/load-env-file.ts';
import { runProgram } from '../runtime/run-program.ts';
import { runSlotline } from './run-slotline.ts';

// `npm run slotline`: the operator's command line.
await runProgram(async () => {
  guardGlobalFetch();
  loadOwnEnvFile();
  process.exitCode = await runSlotline(process.argv.slice(2), {
    environment: env,
    providers: PROVIDERS,
    input: stdin,
    write: (text) => stdout.write(text),
    writeError: (text) => stderr.write(text),
    now: () => new Date(),
  });
});
