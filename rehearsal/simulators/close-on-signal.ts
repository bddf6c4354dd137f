import type { Logger } from 'pino';

/** Closes a simulator once its process is told to stop. */
export function closeOnSignal(simulator: { close: () => Promise<void> }, logger: Logger): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await simulator.close();
    logger.info('stopped');
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}
