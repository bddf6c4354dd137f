import { useChange } from '../../api/hooks.ts';

/** Tells LiveKit of what was changed. Where that fails, the checklist of the page says why. */
export function useSync(): () => void {
  const sync = useChange('syncPhoneLine');
  return () => sync.mutate({});
}
