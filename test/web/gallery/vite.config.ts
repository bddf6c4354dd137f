import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Every state of the page side by side with nothing behind it: `vite test/web/gallery`. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: '../../../dist/gallery', emptyOutDir: true, chunkSizeWarningLimit: 1000 },
  server: { host: '127.0.0.1', port: 5174 },
});
