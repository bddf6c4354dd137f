import { createBrowserRouter } from 'react-router';
import { PAGES } from '../pages.tsx';
import { BrokenPage, NothingHere } from './broken-page.tsx';
import { PageGuard } from './page-guard.tsx';
import { SignInGate } from './sign-in-gate.tsx';
import { Waiting } from './waiting.tsx';

/** Every address of the office. */
export function createOfficeRouter() {
  const pages = PAGES.map((page) => ({
    ...(page.path === '' ? { index: true as const } : { path: page.path }),
    ErrorBoundary: BrokenPage,
    lazy: async () => {
      const Page = await page.load();
      return {
        element: (
          <PageGuard page={page}>
            <Page />
          </PageGuard>
        ),
      };
    },
  }));
  return createBrowserRouter([
    {
      path: '/office',
      Component: SignInGate,
      ErrorBoundary: BrokenPage,
      HydrateFallback: Waiting,
      children: [...pages, { path: '*', Component: NothingHere }],
    },
  ]);
}
