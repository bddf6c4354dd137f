import { useChange } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { sayDone } from '../../components/say.ts';

interface RevokeDialogProps {
  apiKey: ItemOf<'listApiKeys'> | null;
  onClose: () => void;
}

export function RevokeDialog({ apiKey, onClose }: RevokeDialogProps) {
  const revoke = useChange('revokeApiKey');
  const close = (): void => {
    revoke.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={apiKey !== null}
      title="Revoke the key?"
      confirm="Revoke it"
      isDangerous
      isBusy={revoke.isPending}
      problem={revoke.error}
      onConfirm={() =>
        apiKey &&
        revoke.mutate(
          { params: { keyId: apiKey.id } },
          {
            onSuccess: () => {
              sayDone(`${apiKey.name} is revoked`);
              close();
            },
          },
        )
      }
      onClose={close}
    >
      Whatever uses {apiKey?.name} is refused from this moment on. It cannot be taken back.
    </ConfirmDialog>
  );
}
