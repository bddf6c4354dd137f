import type { Command } from 'commander';
import { examineAgent } from '../../manage/doctor/examine-agent.ts';
import type { Finding } from '../../manage/doctor/finding.ts';
import type { Act } from '../act.ts';
import { describeFinding, summarise } from '../findings.ts';

/** `slotline doctor` */
export function addDoctorCommand(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('look for what keeps an agent from booking, and say what to do')
    .requiredOption('--agent <slug>', 'which agent')
    .addHelpText('after', '\nExample:\n  slotline doctor --agent front-desk')
    .action(
      act(async ({ organizationId, parts, progress }, { agent }: { agent: string }) => {
        const findings: Finding[] = [];
        for await (const finding of examineAgent(parts(), await organizationId(), agent)) {
          findings.push(finding);
          progress(describeFinding(finding));
        }
        return summarise(findings);
      }),
    );
}
