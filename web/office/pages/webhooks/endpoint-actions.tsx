import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useChange } from '../../api/hooks.ts';
import { useAsOpened } from '../../components/as-opened.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import { EndpointForm } from './endpoint-form.tsx';
import type { Endpoint } from './endpoint-state.tsx';
import { SecretDialog } from './secret-dialog.tsx';

type Asked = 'edit' | 'rotate' | 'remove' | null;

/** What can be done with an endpoint. */
export function EndpointActions({ endpoint }: { endpoint: Endpoint }) {
  const { id: endpointId, enabled } = endpoint;
  const { may } = useOffice();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const edit = useChange('editWebhookEndpoint');
  const rotate = useChange('rotateWebhookSecret');
  const test = useChange('testWebhookEndpoint');
  const remove = useChange('deleteWebhookEndpoint');
  const params = { endpointId };
  const close = () => {
    for (const change of [edit, rotate, remove]) change.reset();
    setAsked(null);
  };
  if (!may('webhooks:write')) return null;

  const toggle = () =>
    edit.mutate(
      { params, body: { enabled: !enabled }, from: endpoint },
      { onSuccess: () => sayDone(enabled ? 'The endpoint is off.' : 'The endpoint is on.') },
    );
  const send = () =>
    test.mutate({ params }, { onSuccess: () => sayDone('A test is on its way: see below.') });
  return (
    <>
      <Button variant="default" onClick={send} loading={test.isPending}>
        Send a test
      </Button>
      <Button variant="default" onClick={() => setAsked('edit')}>
        Edit
      </Button>
      <Button variant="default" onClick={toggle} loading={edit.isPending && asked === null}>
        {enabled ? 'Switch off' : 'Switch on'}
      </Button>
      <Button variant="default" onClick={() => setAsked('rotate')}>
        Rotate the secret
      </Button>
      <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsked('remove')}>
        Remove
      </Button>
      <Modal opened={asked === 'edit'} onClose={close} title="Edit the endpoint" size="lg">
        <EditForm endpoint={endpoint} edit={edit} close={close} />
      </Modal>
      <ConfirmDialog
        isOpen={asked === 'rotate'}
        title="Rotate the secret?"
        confirm="Rotate"
        isBusy={rotate.isPending}
        problem={rotate.error}
        onClose={close}
        onConfirm={() =>
          rotate.mutate(
            { params },
            {
              onSuccess: (answer) => {
                close();
                setSecret(answer.secret);
              },
            },
          )
        }
      >
        A new secret is made and shown once. The present one signs beside it for 24 hours, so that
        your system can change over in its own time.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'remove'}
        title="Remove this endpoint?"
        confirm="Remove"
        isDangerous
        isBusy={remove.isPending}
        problem={remove.error}
        onClose={close}
        onConfirm={() =>
          remove.mutate({ params }, { onSuccess: () => void navigate('/office/webhooks') })
        }
      >
        It is told nothing any more, and its deliveries are removed with it.
      </ConfirmDialog>
      <SecretDialog secret={secret} isRotated onClose={() => setSecret(null)} />
    </>
  );
}

interface EditFormProps {
  endpoint: Endpoint;
  edit: ReturnType<typeof useChange<'editWebhookEndpoint'>>;
  close: () => void;
}

function EditForm({ endpoint, edit, close }: EditFormProps) {
  const from = useAsOpened(endpoint);
  return (
    <EndpointForm
      initial={from}
      submit="Save"
      isBusy={edit.isPending}
      problem={edit.error}
      onCancel={close}
      onSubmit={({ url, description, events }, onError) =>
        edit.mutate(
          { params: { endpointId: from.id }, body: { url, description, events }, from },
          { onSuccess: close, onError },
        )
      }
    />
  );
}
