import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SettingsForm } from './settings-form.tsx';

export function SettingsPage() {
  const organization = useAnswer('getOrganization');
  return (
    <>
      <PageHead
        title="Settings"
        words="For the organization and all its agents. Whether calls are recorded is each agent’s own."
      />
      <Answered of={organization}>{(answer) => <SettingsForm organization={answer} />}</Answered>
    </>
  );
}
