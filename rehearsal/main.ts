// The room library and WebAssembly's system interface write diagnostics that would stand between the lines of a
// report. The library decides by the environment it is imported in; what is started later gets the original one.
const environment = process.env['NODE_ENV'];
process.env['NODE_ENV'] = 'production';
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') {
    console.warn(warning);
  }
});

const { runCommand } = await import('./command.ts');
if (environment === undefined) {
  delete process.env['NODE_ENV'];
} else {
  process.env['NODE_ENV'] = environment;
}
await runCommand(process.argv);
