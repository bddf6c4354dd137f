import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig(({ command }) => {
  // A build is for visitors, whoever starts it: from a test run (NODE_ENV=test) it would carry
  // React's development half.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [react()],
    build: {
      outDir: '../dist/web',
      emptyOutDir: true,
      // Everything is a file of its own: the page's Content-Security-Policy needs no data: exception.
      assetsInlineLimit: 0,
      // livekit-client alone is about half a megabyte before compression.
      chunkSizeWarningLimit: 1000,
    },
    server: {
      host: '127.0.0.1',
      port: Number(process.env['SLOTLINE_WEB_PORT'] ?? 5173),
      strictPort: true,
      proxy: { '/api': `http://127.0.0.1:${process.env['PORT'] ?? '3000'}` },
    },
  };
});
