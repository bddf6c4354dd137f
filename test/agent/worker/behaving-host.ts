/** A host for the tests of hosts: each call's metadata says how it behaves. */
process.on(
  'message',
  (message: { kind: string; id?: string; call?: { id: string; metadata: string } }) => {
    const { call } = message;
    if (message.kind === 'ping') tell({ kind: 'pong', residentBytes: heavy });
    if (message.kind === 'end') tell({ kind: 'over', id: message.id });
    if (!call) return;
    switch (call.metadata) {
      case 'is over at once':
        tell({ kind: 'over', id: call.id });
        break;
      case 'kills its host':
        process.kill(process.pid, 'SIGKILL');
        break;
      case 'blocks its host':
        for (;;);
      case 'wears its host':
        tell({ kind: 'worn' });
        break;
      case 'fattens its host':
        heavy = 600;
        break;
    }
  },
);
process.on('disconnect', () => process.exit(0));
let heavy = 1;
tell({ kind: 'ready' });

function tell(message: object): void {
  process.send?.(message);
}
