import type { NamespaceView } from '../engine/workflow/transition.ts';
import { invalidArgument } from '../kernel/errors.ts';
import type { ServerContext } from './context.ts';

/** The namespace that a request names, as the engine sees it. Throws NOT_FOUND, or INVALID_ARGUMENT for an empty name. */
export function namespaceView(server: ServerContext, name: string): NamespaceView {
  if (name === '') throw invalidArgument('Namespace is empty.');
  const view = server.namespaces.view(server.namespaces.byName(name).id);
  if (!view) throw new Error(`namespace ${name} has no view`);
  return view;
}
