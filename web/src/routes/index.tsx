import type { JSX } from 'solid-js';

export default function Home(): JSX.Element {
  return <main>Holdfast</main>;
}
