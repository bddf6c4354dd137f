// The room library and WebAssembly's system interface write diagnostics that would stand between the lines of a
// report; the library decides when it is imported, so the environment is set before.
process.env['NODE_ENV'] ??= 'production';
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') {
    console.warn(warning);
  }
});

const { runCommand } = await import('./command.ts');
await runCommand(process.argv);
