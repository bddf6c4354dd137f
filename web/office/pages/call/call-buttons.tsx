import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { useOffice } from '../../office.ts';
import { BlockDialog } from './block-dialog.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import { ScenarioDialog } from './scenario-dialog.tsx';
import type { WholeCall } from './whole-call.ts';

type Dialog = 'scenario' | 'block' | 'forget';

/** What can be done with a call. */
export function CallButtons({ call }: { call: WholeCall }) {
  const { may, organization } = useOffice();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { callerNumber, messages, appointmentDetails } = call;
  const number =
    callerNumber ?? messages[0]?.callbackNumber ?? appointmentDetails?.attendee.phone ?? null;
  const close = (): void => setDialog(null);
  return (
    <>
      {number !== null && (
        <Button
          component="a"
          href={`tel:${number}`}
          variant="default"
          aria-label={`Call back ${number}`}
          leftSection={<Icon name="calls" size={16} />}
        >
          Call back
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="chevron" size={16} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('scenario')}>Make a scenario of it</Menu.Item>
          <Menu.Item
            component="a"
            href={`/api/v1/organizations/${organization.id}/calls/${call.id}`}
            download={`call-${call.id}.json`}
          >
            Export as JSON
          </Menu.Item>
          {may('callers:write') && (
            <>
              <Menu.Divider />
              {callerNumber !== null && !call.isCallerBlocked && (
                <Menu.Item onClick={() => setDialog('block')}>Block the caller</Menu.Item>
              )}
              <Menu.Item
                c="var(--mantine-color-error)"
                disabled={call.endedAt === null}
                onClick={() => setDialog('forget')}
              >
                Forget the caller
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'scenario' && <ScenarioDialog callId={call.id} onClose={close} />}
      {dialog === 'block' && callerNumber !== null && (
        <BlockDialog callId={call.id} number={callerNumber} onClose={close} />
      )}
      {dialog === 'forget' && <ForgetDialog callId={call.id} onClose={close} />}
    </>
  );
}
