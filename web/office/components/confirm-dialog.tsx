import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/api-problem.ts';
import { ProblemNotice } from './problem-notice.tsx';

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  /** The verb on its button: "Revoke". */
  confirm: string;
  /** It cannot be taken back. */
  isDangerous?: boolean;
  isBusy?: boolean;
  problem?: ApiProblem | null;
  onConfirm: () => void;
  onClose: () => void;
  /** What will happen. */
  children: ReactNode;
}

/** Asks before something is done. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, confirm, isDangerous = false, isBusy = false, problem } = props;
  return (
    <Modal opened={isOpen} onClose={props.onClose} title={title} centered>
      <Stack gap="md">
        <div>{props.children}</div>
        <ProblemNotice problem={problem} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            {...(isDangerous ? { color: 'red' } : {})}
            loading={isBusy}
            onClick={props.onConfirm}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
