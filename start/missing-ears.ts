import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Platform {
  platform: string;
  arch: string;
}

/**
 * What to say where the rehearsal model cannot hear, because its inference runtime was not
 * installed or has no build for the platform; undefined where it can.
 */
export function missingEars({ platform, arch }: Platform = process): string | undefined {
  const typing = 'the rehearsal model cannot hear, typing works';
  let main: string;
  try {
    main = createRequire(import.meta.url).resolve('onnxruntime-node');
  } catch {
    return `onnxruntime-node is not installed: ${typing}`;
  }
  const builds = join(dirname(main), '../bin');
  const isThere = readdirSync(builds).some((api) =>
    existsSync(join(builds, api, platform, arch, 'onnxruntime_binding.node')),
  );
  return isThere ? undefined : `onnxruntime has no build for ${platform} ${arch}: ${typing}`;
}
