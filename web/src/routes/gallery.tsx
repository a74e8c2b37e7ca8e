import { lazy, type JSX } from 'solid-js';

import { EmptyState } from '#web/ui/EmptyState.tsx';

// only where pages are developed or tested: elsewhere the import is dead code, and the parts' samples are in no bundle
const Gallery = import.meta.env.DEV || import.meta.env.VITE_HOLDFAST_GALLERY === '1' ? lazy(() => import('#web/features/gallery/Gallery.tsx')) : undefined;

export default function GalleryRoute(): JSX.Element {
  return Gallery === undefined ? <EmptyState bare title="This page is not here" /> : <Gallery />;
}
