import type { JSX } from 'solid-js';

/** One part of the gallery with its name. */
export function Sample(props: { name: string; layout?: 'row' | 'grid' | 'wide' | 'plain'; children: JSX.Element }): JSX.Element {
  return (
    <section class="Gallery__part" id={props.name.toLowerCase().replaceAll(' ', '-')}>
      <h2>{props.name}</h2>
      <div class={props.layout === 'plain' ? 'stack' : `Gallery__${props.layout ?? 'row'}`}>{props.children}</div>
    </section>
  );
}

/** A name as long as any name can be. */
export const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorff-Papadopoulos y Álvarez Quintanilla de la Santísima Trinidad, María del Rosario Guadalupe Konstantinopolitanischedudelsackpfeifenmachergesellenname the Younger of Northmoor';
