import { env, loadEnvFile, stderr, stdin, stdout } from 'node:process';
import { guardGlobalFetch } from '../runtime/http-transport.ts';
import { runSlotline } from './run-slotline.ts';

// `npm run slotline`: the command line of whoever runs Slotline.
guardGlobalFetch();
try {
  loadEnvFile('.env');
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

process.exitCode = await runSlotline(process.argv.slice(2), {
  environment: env,
  input: stdin,
  write: (text) => stdout.write(text),
  writeError: (text) => stderr.write(text),
  now: () => new Date(),
});
