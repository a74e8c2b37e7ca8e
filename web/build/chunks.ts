import { join } from 'node:path';

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** The index of the router names it, and nothing that the exam page uses of the router needs it. */
const UNUSED = /[\\/]solid-js[\\/]store[\\/]/;

/**
 * Names the files that a page is put into: `base` for all that it and the entry share with other pages, `name` for what is only
 * its own. Left alone, it would be fifty small files, which compress badly and are a request each.
 * @param root folder of the web app
 * @param route file below `src/routes`, without extension
 * @param own modules that other pages rarely need
 */
export function filesFor(root: string, route: string, name: string, own: RegExp): (id: string, graph: Graph) => string | null {
  const entries = [join(root, 'src/entry-client.tsx'), join(root, `src/routes/${route}.tsx?pick=default&pick=$css&lang.tsx`)];
  let needed: Set<string> | undefined;
  return (id, graph) => {
    needed ??= modulesOf(entries, graph);
    if (!needed.has(id) || entries.includes(id) || UNUSED.test(id)) return null;
    return own.test(id) ? name : 'base';
  };
}

function modulesOf(entries: readonly string[], graph: Graph): Set<string> {
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    graph.getModuleInfo(id)?.importedIds.forEach(visit);
  };
  for (const entry of entries) {
    if (graph.getModuleInfo(entry) === null) throw new Error(`There is no module ${entry}.`);
    visit(entry);
  }
  return seen;
}
