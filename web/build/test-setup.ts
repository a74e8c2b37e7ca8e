import 'fake-indexeddb/auto';

// what jsdom lacks and pages ask for when they load
window.matchMedia ??= (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList;
