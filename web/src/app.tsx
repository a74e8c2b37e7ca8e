import { Router } from '@solidjs/router';
import { ErrorBoundary, type JSX, onMount, Suspense } from 'solid-js';

import { fileRoutes } from '#web/lib/file-routes.ts';
import { request } from '#web/lib/http.ts';
import { watchDeviceClock } from '#web/lib/server-clock.ts';
import { BrokenPage } from '#web/features/shell/BrokenPage.tsx';

import './styles/app.css';
import '#web/lib/theme.ts';

/** The web app. Every page is a file in `routes/`. */
export default function App(): JSX.Element {
  onMount(() => watchDeviceClock(() => request('GET', '/time')));
  return (
    <Router
      root={(props) => (
        <ErrorBoundary fallback={(error: unknown, reset) => <BrokenPage error={error} onRetry={reset} />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      )}
    >
      {fileRoutes()}
    </Router>
  );
}
