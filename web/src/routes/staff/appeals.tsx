import type { JSX } from 'solid-js';

import { ReviewsPage } from '#web/features/appeals/ReviewsPage.tsx';

/** Appeals that the reader is to decide. */
export default function ReviewsRoute(): JSX.Element {
  return <ReviewsPage />;
}
