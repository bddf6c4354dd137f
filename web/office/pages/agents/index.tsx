import { Box, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useItems } from '../../api/hooks.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { AgentCard } from './agent-card.tsx';
import classes from './agents.module.css';
import { NewAgentDialog } from './new-agent-dialog.tsx';

/** Who answers, and what each still lacks. */
export function AgentsPage() {
  const agents = useItems('listAgents');
  const { may } = useOffice();
  const [isMaking, { open, close }] = useDisclosure(false);
  const make = may('agents:write') ? (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={open}>
      New agent
    </Button>
  ) : null;
  return (
    <>
      <PageHead title="Agents" words="Who answers your calls, and what each one still lacks.">
        {make}
      </PageHead>
      <MoreList
        list={agents}
        empty={
          <EmptyState icon="agents" title="Nobody answers yet" action={make}>
            An agent answers calls for your business: it has a name, a voice and a greeting, knows
            your opening hours, and books into your calendar.
          </EmptyState>
        }
      >
        {(items) => (
          <Box component="ul" className={classes['list'] ?? ''}>
            {items.map((agent) => (
              <AgentCard key={agent.id} agent={agent} />
            ))}
          </Box>
        )}
      </MoreList>
      <NewAgentDialog isOpen={isMaking} onClose={close} />
    </>
  );
}
