import type { CalledFunction } from '../lambda/called-function.ts';

/** One route of an HTTP API: a method or `ANY`, and a path whose `{name}` stands for a segment, `{name+}` for all that is left. */
export interface Route {
  /** As declared: `POST /webhooks/{id}` or `$default`. */
  readonly key: string;
  readonly function: CalledFunction;
  readonly throttle: Throttle | undefined;
  readonly authorization: 'NONE' | 'AWS_IAM';
  readonly api: { readonly id: string; readonly stage: string };
}

export interface Throttle {
  readonly ratePerSecond: number;
  readonly burst: number;
}

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The route that API Gateway chooses: a full match first, then a greedy one, then `$default`. */
export function chooseRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const matches = routes.flatMap(route => {
    const pathParameters = match(route.key, method, path);
    return pathParameters ? [{ route, pathParameters }] : [];
  });
  return matches.sort((a, b) => rank(a.route.key) - rank(b.route.key))[0];
}

function rank(key: string): number {
  if (key === '$default') return 1_000;
  const variables = key.match(/\{/g)?.length ?? 0;
  return (key.includes('+}') ? 100 : 0) + variables * 2 + (key.startsWith('ANY ') ? 1 : 0);
}

function match(key: string, method: string, path: string): Record<string, string> | undefined {
  if (key === '$default') return {};
  const [wanted = '', pattern = ''] = key.split(' ');
  if (wanted !== 'ANY' && wanted !== method) return undefined;
  const parts = pattern.split('/').slice(1);
  const given = path.split('/').slice(1);
  const greedy = parts.at(-1)?.endsWith('+}') ?? false;
  if (greedy ? given.length < parts.length : given.length !== parts.length) return undefined;
  const values: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const name = /^\{([^+}]+)\+?\}$/.exec(part)?.[1];
    const value = part.endsWith('+}') ? given.slice(i).join('/') : (given[i] ?? '');
    if (name ? value === '' : value !== part) return undefined;
    if (name) values[name] = value;
  }
  return values;
}
