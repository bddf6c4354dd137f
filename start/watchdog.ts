import { clearStrays } from './process-register.ts';
import { removeRunning } from './running-file.ts';

// Run as a program beside every start. Its standard input is a pipe that only the start holds: the
// pipe ends when the start ends, however that happened (SIGKILL, out of memory). After an orderly
// stop the register is gone and there is nothing to do; otherwise the parts left behind are ended.
const [dataDirectory] = process.argv.slice(2);
if (!dataDirectory) throw new Error('watchdog: the data directory is missing.');
process.stdin.resume();
process.stdin.once('close', () => {
  void clearStrays(dataDirectory)
    .then(() => removeRunning(dataDirectory))
    .then(
      () => process.exit(0),
      // The directory belongs to a newer start by now.
      () => process.exit(1),
    );
});
