import type { Route } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';

/** What takes the place of a path that is none of the routes, so that scanners do not fill the metrics. */
const OTHER = 'other';

/** Names the route of a request by its pattern, without the framework: the answer path does not pass it. */
export function createRouteLabels(routes: readonly Route[]): (method: string, path: string) => string {
  const patterns = [...new Set(routes.map((route) => route.path))].map((path) => ({ path, segments: path.split('/') }));
  const bySize = Map.groupBy(patterns, ({ segments }) => segments.length);
  for (const group of bySize.values()) group.sort((a, b) => parameters(a.segments) - parameters(b.segments));
  return (method, path) => {
    if (!path.startsWith(`${API_BASE}/`)) return path === '/' || path === '/api/docs' ? path : OTHER;
    const segments = path.slice(API_BASE.length).split('/');
    const match = bySize.get(segments.length)?.find((pattern) => fits(pattern.segments, segments));
    return match === undefined ? OTHER : `${method === 'HEAD' ? 'GET' : method} ${match.path}`;
  };
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => part.startsWith('{') || part === segments[index]);
}

function parameters(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}
