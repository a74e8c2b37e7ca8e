/**
 * Numbers the groups that edges join, from 1 in the order of the edges.
 * @returns number of the group of each edge
 */
export function clusterEdges(edges: readonly { readonly a: string; readonly b: string }[]): number[] {
  const parent = new Map<string, string>();
  const rootOf = (node: string): string => {
    let root = node;
    for (let next = parent.get(root); next !== undefined && next !== root; next = parent.get(root)) root = next;
    parent.set(node, root);
    return root;
  };
  for (const { a, b } of edges) parent.set(rootOf(a), rootOf(b));
  const numbers = new Map<string, number>();
  return edges.map(({ a }) => {
    const root = rootOf(a);
    const known = numbers.get(root) ?? numbers.size + 1;
    numbers.set(root, known);
    return known;
  });
}
