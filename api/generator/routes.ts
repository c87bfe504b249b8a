import type { HttpRoute } from '../src/service.ts';
import type { HttpRule } from './contract.ts';

const verbs = { get: 'GET', put: 'PUT', post: 'POST', delete: 'DELETE', patch: 'PATCH' } as const;

/** The routes of one annotation, its additional bindings included, with field paths named as in the codecs. */
export function routesOf(rule: HttpRule | undefined): HttpRoute[] {
  if (rule === undefined) return [];
  const routes: HttpRoute[] = [];
  const body = typeof rule['body'] === 'string' ? { body: camelCase(rule['body']) } : {};
  for (const [verb, method] of Object.entries(verbs)) {
    const path = rule[verb];
    if (typeof path === 'string') routes.push({ method, path: path.replace(/\{[^}]*\}/g, camelCase), ...body });
  }
  if (routes.length !== 1) throw new Error(`an HTTP rule without one known verb: ${JSON.stringify(rule)}`);
  const more = rule['additional_bindings'];
  const bindings = more === undefined || typeof more === 'string' ? [] : Array.isArray(more) ? more : [more];
  for (const binding of bindings) routes.push(...routesOf(binding as HttpRule));
  return routes;
}

function camelCase(text: string): string {
  return text.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
