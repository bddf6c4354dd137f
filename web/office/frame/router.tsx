import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { PAGES } from '../pages.tsx';
import { BrokenPage, NothingHere } from './broken-page.tsx';
import { PageGuard } from './page-guard.tsx';
import { SignInGate } from './sign-in-gate.tsx';
import { Waiting } from './waiting.tsx';

/** For who has not signed in: where the links lead that are printed and mailed. */
const ENTRIES: Readonly<Record<string, () => Promise<ComponentType>>> = {
  'set-up': async () => (await import('../entry/set-up-page.tsx')).SetUpPage,
  invitation: async () => (await import('../entry/invitation-page.tsx')).InvitationPage,
  'forgot-password': async () => (await import('../entry/password-pages.tsx')).ForgotPasswordPage,
  'reset-password': async () => (await import('../entry/password-pages.tsx')).ResetPasswordPage,
  'verify-email': async () => (await import('../entry/verify-email-page.tsx')).VerifyEmailPage,
};

/** Every address of the office. */
export function createOfficeRouter() {
  const entries = Object.entries(ENTRIES).map(([path, load]) => ({
    path: `/office/${path}`,
    ErrorBoundary: BrokenPage,
    HydrateFallback: Waiting,
    lazy: async () => ({ Component: await load() }),
  }));
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
    ...entries,
    {
      path: '/office',
      Component: SignInGate,
      ErrorBoundary: BrokenPage,
      HydrateFallback: Waiting,
      children: [...pages, { path: '*', Component: NothingHere }],
    },
  ]);
}
