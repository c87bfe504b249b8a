import { RawValue } from '@perdure/common';
import { IllegalStateError } from '@perdure/common/lib/errors';
import { ENHANCED_STACK_TRACE_QUERY_NAME, STACK_TRACE_QUERY_NAME } from '@perdure/common/lib/reserved';
import type { ActivatorState } from './activator-state.ts';
import { getActivator } from './global-attributes.ts';
import pkg from './pkg.ts';
import type { EnhancedStackTrace, PromiseStackStore, Stack, StackTraceFileSlice } from './stack-trace.ts';

type Handler = { readonly handler: () => RawValue; readonly description: string };

/** Frozen, because all runs of a context share them. */
const builtIn: readonly (readonly [name: string, Handler])[] = [
  [STACK_TRACE_QUERY_NAME, shared(stackTrace, 'Returns a sensible stack trace.')],
  [
    ENHANCED_STACK_TRACE_QUERY_NAME,
    shared(enhancedStackTrace, 'Returns a stack trace annotated with source information.'),
  ],
  ['__temporal_workflow_metadata', shared(metadata, 'Returns metadata associated with this workflow.')],
];

function shared(answer: (activator: ActivatorState) => unknown, description: string): Handler {
  const handler = () => new RawValue(answer(getActivator()));
  return Object.freeze({ handler: Object.freeze(handler), description });
}

/** Sets the handlers of the queries that every workflow answers. */
export function answerBuiltInQueries({ queryHandlers }: ActivatorState): void {
  for (const [name, handler] of builtIn) queryHandlers.set(name, handler);
}

function stackTrace(activator: ActivatorState): string {
  return stacksOf(activator)
    .map(({ formatted }) => formatted)
    .join('\n\n');
}

function stacksOf({ stackTracesEnabled, promiseStackStore }: ActivatorState): Stack[] {
  if (!stackTracesEnabled) throw new IllegalStateError('Workflow stack traces are not enabled on this worker');
  return pendingStacks(promiseStackStore);
}

/** Where code waits: the stacks of promises that no other promise hangs on, each text once. */
export function pendingStacks({ childToParent, promiseToStack }: PromiseStackStore): Stack[] {
  const inner = new Set<Promise<unknown>>();
  for (const parents of childToParent.values()) for (const parent of parents) inner.add(parent);
  const stacks = new Map<string, Stack>();
  for (const promise of childToParent.keys()) {
    const stack = inner.has(promise) ? undefined : promiseToStack.get(promise);
    // Some promises of the engine's own have nothing but this to say.
    if (stack?.formatted && stack.formatted.trim() !== 'at Promise.then (<anonymous>)')
      stacks.set(stack.formatted, stack);
  }
  return [...stacks.values()];
}

function enhancedStackTrace(activator: ActivatorState): EnhancedStackTrace {
  const stacks = stacksOf(activator).map(({ structured }) => ({ locations: structured }));
  const sources: EnhancedStackTrace['sources'] = {};
  if (activator.showStackTraceSources)
    for (const { locations } of stacks)
      for (const { file_path } of locations) {
        const slice = file_path && sourceOf(activator, file_path);
        if (slice) sources[file_path] = [slice];
      }
  return { sdk: { name: 'typescript', version: pkg.version }, stacks, sources };
}

function sourceOf({ sourceMap }: ActivatorState, path: string): StackTraceFileSlice | undefined {
  const content = sourceMap?.sourcesContent?.[sourceMap.sources.indexOf(path)];
  return content ? { line_offset: 0, content } : undefined;
}

type Described = ReadonlyMap<string, { readonly description?: string | undefined }>;

function metadata({ info, queryHandlers, signalHandlers, updateHandlers, currentDetails }: ActivatorState) {
  const listed = (handlers: Described) => Array.from(handlers, ([name, { description }]) => ({ name, description }));
  const definition = {
    type: info.workflowType,
    queryDefinitions: listed(queryHandlers),
    signalDefinitions: listed(signalHandlers),
    updateDefinitions: listed(updateHandlers),
  };
  return { definition, currentDetails };
}
