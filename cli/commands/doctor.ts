import type { Command } from 'commander';
import { examineAgent } from '../../manage/doctor/examine-agent.ts';
import { listAgents } from '../../manage/list-agents.ts';
import { ManageError } from '../../manage/manage-error.ts';
import type { Database } from '../../db/database.ts';
import type { Finding } from '../../manage/doctor/finding.ts';
import type { Act } from '../act.ts';
import { describeFinding, summarise } from '../findings.ts';

async function slugs(db: Database, organizationId: string): Promise<string[]> {
  const agents = await listAgents(db, organizationId);
  if (agents.length > 0) return agents.map(({ slug }) => slug);
  throw new ManageError('There is no agent yet. Add one: slotline agents add --help');
}

/** `slotline doctor` */
export function addDoctorCommand(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('look for what keeps an agent from booking, and say what to do')
    .option('--agent <slug>', 'which agent (default: each of them)')
    .addHelpText('after', '\nExample:\n  slotline doctor --agent front-desk')
    .action(
      act(async ({ db, organizationId, parts, progress }, { agent }: { agent?: string }) => {
        const organization = await organizationId();
        const findings = new Map<string, Finding>();
        for (const slug of agent === undefined ? await slugs(db, organization) : [agent]) {
          for await (const finding of examineAgent(parts(), organization, slug)) {
            const described = describeFinding(finding);
            // What agents share, such as a calendar and the jobs, is told once.
            if (!findings.has(described)) progress(described);
            findings.set(described, finding);
          }
        }
        return summarise([...findings.values()]);
      }),
    );
}
