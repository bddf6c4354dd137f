import { Modal } from '@mantine/core';
import { useChange } from '../../api/hooks.ts';
import { EndpointForm } from './endpoint-form.tsx';

const EMPTY = {
  url: '',
  description: '',
  events: ['call.ended', 'appointment.booked', 'message.taken'] as const,
};

interface NewEndpointProps {
  isOpen: boolean;
  onMade: (endpoint: { id: string; secret: string }) => void;
  onClose: () => void;
}

/** Asks for a new endpoint. */
export function NewEndpoint({ isOpen, onMade, onClose }: NewEndpointProps) {
  const make = useChange('createWebhookEndpoint');
  const close = () => {
    make.reset();
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} title="Add an endpoint" size="lg">
      <EndpointForm
        initial={{ ...EMPTY, events: [...EMPTY.events] }}
        submit="Add"
        isBusy={make.isPending}
        problem={make.error}
        onCancel={close}
        onSubmit={(body, onProblem) =>
          make.mutate({ body }, { onSuccess: onMade, onError: onProblem })
        }
      />
    </Modal>
  );
}
