// @refresh reload
import { render } from 'solid-js/web';

import App from './app.tsx';

// App has its own way to show what breaks; the one of StartClient would put a whole component library into the first file
render(() => <App />, document.getElementById('app')!);

// after the page is there: what it caches is for the next time
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined));
}
