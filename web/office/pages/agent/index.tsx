import { Grid, Stack, Tabs } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { Answered, Loading } from '../../components/answered.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import { useDraftEditor } from './agent-form.ts';
import type { AgentDraft } from './agent-form.ts';
import { AgentHead } from './agent-head.tsx';
import classes from './agent.module.css';
import { DraftForm } from './draft-form.tsx';
import { History } from './history.tsx';
import { PublishPanel } from './publish-panel.tsx';
import { ScenariosPanel } from './scenarios/scenarios-panel.tsx';
import { SitePanel } from './site-panel.tsx';
import { useScenarios } from './scenarios/use-scenarios.ts';

// It brings the library of calls: who only edits does not load it first.
const TestCall = lazy(async () => ({
  default: (await import('./test-call/test-call.tsx')).TestCall,
}));

/** One agent: its draft, a call to try it out, what was published. */
export function AgentPage() {
  const { slug = '' } = useParams();
  const draft = useAnswer('getAgentDraft', { params: { slug } });
  return (
    <>
      <AgentHead slug={slug} name={draft.data?.content.name ?? slug} />
      <Answered of={draft}>{(answer) => <Editor key={slug} slug={slug} draft={answer} />}</Answered>
    </>
  );
}

function Editor({ slug, draft }: { slug: string; draft: AgentDraft }) {
  const editor = useDraftEditor(slug, draft);
  const [tab, setTab] = useState<string | null>('draft');
  const { may } = useOffice();
  const scenarios = useScenarios(slug);
  return (
    // Hidden and not taken away: a call goes on while its history is read.
    <Tabs value={tab} onChange={setTab} keepMountedMode="display-none">
      <Tabs.List mb="md">
        <Tabs.Tab value="draft">Draft</Tabs.Tab>
        <Tabs.Tab value="history">History</Tabs.Tab>
        <Tabs.Tab value="site">Your site</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="draft">
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
            <Stack gap="lg" className={classes['beside'] ?? ''}>
              <PublishPanel slug={slug} editor={editor} scenarios={scenarios} />
              {may('agents:test') && (
                <Suspense fallback={<Loading />}>
                  <TestCall slug={slug} prepare={editor.save} />
                </Suspense>
              )}
              <ScenariosPanel slug={slug} scenarios={scenarios} prepare={editor.save} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
            <DraftForm editor={editor} isReadOnly={!may('agents:write')} />
          </Grid.Col>
        </Grid>
      </Tabs.Panel>
      <Tabs.Panel value="history">
        {tab === 'history' && (
          <History
            slug={slug}
            editor={editor}
            onRestored={(restored) => {
              editor.show(restored);
              setTab('draft');
              sayDone('It is the draft now: look at it, then publish it.');
            }}
          />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="site">{tab === 'site' && <SitePanel slug={slug} />}</Tabs.Panel>
    </Tabs>
  );
}
