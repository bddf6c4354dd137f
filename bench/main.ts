// The room library writes diagnostics between the lines of the table unless told otherwise.
process.env['NODE_ENV'] = 'production';
const { runBench } = await import('./run-bench.ts');
await runBench(Number(process.argv[2] ?? 10));
