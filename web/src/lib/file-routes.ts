import type { RouteDefinition } from '@solidjs/router';
import { lazy } from 'solid-js';
// the files of routes/, found by SolidStart; its own FileRoutes would bring a router for server routes along
import files from 'solid-start:routes';

interface Route {
  readonly id: string;
  readonly path: string;
  readonly component: RouteDefinition['component'];
  readonly children: Route[];
}

/** Every page: a file in `routes/`, below the file that is named like its folder. */
export function fileRoutes(): RouteDefinition[] {
  const all: Route[] = [];
  for (const { path, $component } of files.toSorted((a, b) => a.path.length - b.path.length)) {
    add(all, path, lazy($component.import));
  }
  return all;
}

function add(routes: Route[], id: string, component: Route['component']): void {
  const parent = routes.find((route) => id.startsWith(`${route.id}/`));
  if (parent !== undefined) return add(parent.children, id.slice(parent.id.length), component);
  // a folder in brackets groups pages and is no part of their address
  routes.push({ id, path: id.replace(/\([^)/]+\)/g, '').replace(/\/+/g, '/'), component, children: [] });
}
