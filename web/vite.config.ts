import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** What the client of the API is told of its routes, read from the server's own table. */
const ROUTE_TABLE = 'virtual:route-table';
const SERVER_ROUTES = new URL('../token-server/api/routes.ts', import.meta.url).href;
const SERVER_POLICIES = new URL('../manage/accounts/policies.ts', import.meta.url).href;
const OFFICE = fileURLToPath(new URL('office.html', import.meta.url));

export default defineConfig(({ command }) => {
  // A build is for visitors, whoever starts it: from a test run (NODE_ENV=test) it would carry
  // React's development half.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [react(), routeTable(), officeDocument()],
    build: {
      outDir: '../dist/web',
      // Everything is a file of its own: the page's Content-Security-Policy needs no data: exception.
      assetsInlineLimit: 0,
      // livekit-client alone is about half a megabyte before compression.
      chunkSizeWarningLimit: 1000,
    },
    // Built apart: pages that share files would have the visitor's load what is the office's.
    environments: {
      client: { build: { emptyOutDir: true } },
      office: {
        consumer: 'client',
        build: {
          emptyOutDir: false,
          copyPublicDir: false,
          rolldownOptions: { input: OFFICE },
        },
      },
      // For pages of other sites: one script, under the name that their tags have.
      embed: {
        consumer: 'client',
        build: {
          emptyOutDir: false,
          copyPublicDir: false,
          rolldownOptions: {
            input: 'web/embed/embed.ts',
            output: { format: 'iife', entryFileNames: 'embed.js' },
          },
        },
      },
    },
    builder: {
      async buildApp(builder) {
        for (const name of ['client', 'office', 'embed']) {
          const environment = builder.environments[name];
          if (environment) await builder.build(environment);
        }
      },
    },
    server: {
      host: '127.0.0.1',
      port: Number(process.env['SLOTLINE_WEB_PORT'] ?? 5173),
      strictPort: true,
      proxy: { '/api': `http://127.0.0.1:${process.env['PORT'] ?? '3000'}` },
    },
  };
});

function routeTable(): Plugin {
  return {
    name: 'route-table',
    resolveId: (id) => (id === ROUTE_TABLE ? `\0${ROUTE_TABLE}` : undefined),
    async load(id) {
      if (id !== `\0${ROUTE_TABLE}`) return undefined;
      const { ROUTES } = (await import(SERVER_ROUTES)) as {
        ROUTES: {
          id: string;
          method: string;
          path: string;
          current?: unknown;
          isIdempotent?: boolean;
        }[];
      };
      const table = ROUTES.map(({ id, method, path, current, isIdempotent = false }) => [
        id,
        { method: method.toUpperCase(), path, isEdit: Boolean(current), isIdempotent },
      ]);
      const { SCOPES } = (await import(SERVER_POLICIES)) as { SCOPES: string[] };
      return `export const ROUTE_TABLE = ${JSON.stringify(Object.fromEntries(table))};
export const SCOPES = ${JSON.stringify(SCOPES)};`;
    },
  };
}

/** In development, what `officePagesRoute` does: one document for every path of the office. */
function officeDocument(): Plugin {
  return {
    name: 'office-document',
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        const { url = '' } = request;
        // A source of a page has an ending.
        if (/^\/office(?:\/[^.]*)?(?:\?.*)?$/.test(url)) request.url = '/office.html';
        next();
      });
    },
  };
}
