import { join } from 'node:path';
import { childEnvironment } from '../child-environment.ts';
import { getLivekitBinary } from '../livekit-binary.ts';
import { writeLivekitConfig } from '../livekit-config.ts';
import type { StartStep } from '../part.ts';
import type { StartPlan } from '../plan.ts';

export function livekitSteps(plan: StartPlan): StartStep[] {
  if (plan.config.livekit !== undefined) return [];
  let binary = '';
  return [
    {
      kind: 'preparation',
      name: 'livekit-binary',
      title: 'LiveKit binary',
      needs: [],
      run: async ({ report, runToEnd, signal }) => {
        const found = await getLivekitBinary({
          chosen: plan.config.programs.LIVEKIT_SERVER_BIN,
          environment: childEnvironment(plan.environment, {}),
          // The user's own first: it outlives a removed checkout, and 90 s of building are dear.
          caches: [plan.config.cacheDirectory, join(plan.projectRoot, '.slotline', 'bin')],
          report,
          runToEnd,
          signal,
        });
        binary = found.path;
        return found.origin;
      },
    },
    {
      kind: 'part',
      name: 'livekit',
      title: 'LiveKit server',
      needs: ['livekit-binary', ...(plan.phone ? ['redis'] : [])],
      command: async () => {
        const path = join(plan.dataDirectory, 'livekit.yaml');
        await writeLivekitConfig(path, plan.livekitTemplate, {
          ports: plan.livekitPorts,
          apiKey: plan.running.livekitApiKey,
          apiSecret: plan.running.livekitApiSecret,
          ...(plan.phone ? { redisPort: plan.ports.redis } : {}),
        });
        return {
          file: binary,
          arguments: ['--config', path],
          environment: childEnvironment(plan.environment, {}),
        };
      },
      readiness: { by: 'http', url: `http://127.0.0.1:${plan.livekitPorts.http}/` },
      detail: `127.0.0.1:${plan.livekitPorts.http}`,
      // The first SIGTERM only closes the door; the second sends the participants out.
      stop: { stage: 'media', againAfter: 200, killAfter: 1_500 },
      sources: [],
    },
  ];
}
