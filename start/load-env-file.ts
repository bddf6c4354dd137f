import { loadEnvFile } from 'node:process';

/** Reads `.env` of the working directory into the environment, where there is one. */
export function loadOwnEnvFile(): void {
  try {
    loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
