import { StartError } from './start-error.ts';

/**
 * The error of a start as the person at the terminal can use it: what the file system refuses names
 * the path and what to do, anything else stays as it is.
 */
export function explainFileError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  const remedy = remedyOf(code);
  if (remedy === undefined) return error;
  return new StartError(`${path} ${remedy} (${code}).`, { cause: error });
}

function remedyOf(code: string | undefined): string | undefined {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'may not be used by you: make yourself its owner, or choose another folder with --data-dir';
    case 'EROFS':
      return 'cannot be written to, the disk is read-only: choose another folder with --data-dir';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'cannot be written, the disk is full: make room, or choose another folder with --data-dir';
    case 'EISDIR':
    case 'ERR_FS_EISDIR':
      return 'is a folder where a file should be: move it away';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'has a file where a folder should be: move it away, or choose another folder with --data-dir';
    default:
      return undefined;
  }
}
