/// <reference lib="webworker" />

// Keeps the exam page on the device, so that a browser that is restarted without a network still opens it: the answers are in
// its journal already. Caches what is the same for everybody, never anything of the API. A new release takes over when the
// last page of the old one is closed, never under a running exam.

declare const self: ServiceWorkerGlobalScope;
/** Set by the build: the page and all that the exam needs. */
declare const PRECACHE: readonly string[];
declare const RELEASE: string;

const CACHE = `holdfast-${RELEASE}`;
const PAGE = '/index.html';
/** A network that is slower than this counts as none, for the page itself. */
const PAGE_WITHIN_MS = 3_000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...PRECACHE])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(deleteOthers().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || /^\/(api|docs)\//.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/_build/assets/')) event.respondWith(asset(request));
});

async function deleteOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('holdfast-') && name !== CACHE).map((name) => caches.delete(name)));
}

async function page(request: Request): Promise<Response> {
  try {
    const reply = await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN_MS) });
    if (reply.status < 500) return reply;
  } catch {
    // no network: the page that was kept
  }
  return (await caches.match(PAGE)) ?? fetch(request);
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

export {};
