import type { Plugin } from 'vite';

/** The module in which SolidStart lists the files of `routes/`. */
const ROUTES = 'solid-start:routes';

/**
 * Leaves out of the list of pages what only SolidStart's own router reads: where each file lies, and its import a second time. Every
 * page carries the list, the exam page too.
 */
export function leanRoutes(): Plugin {
  return {
    name: 'holdfast-lean-routes',
    apply: 'build',
    transform(code, id) {
      if (id !== ROUTES || this.environment.name !== 'client') return undefined;
      return { code: code.replaceAll(/"src":"[^"]*",|"build":\(\) => import\('[^']*'\),/g, ''), map: null };
    },
  };
}
