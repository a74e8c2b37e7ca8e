declare module 'solid-start:routes' {
  /** Files of `routes/`; the build makes this module. */
  const files: readonly { readonly path: string; readonly $component: { readonly import: () => Promise<{ default: () => import('solid-js').JSX.Element }> } }[];
  export default files;
}
