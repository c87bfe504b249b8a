/** Runs as our worker has them: many in one context, the SDK's code and what is frozen shared, bundled by its bundler. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBundle } from '@perdure/worker/lib/workflow/bundle-format';
import { bundleWorkflowCode } from '@perdure/worker/lib/workflow/bundler';
import { activate } from '@perdure/worker/lib/workflow/isolate/activate';
import { type Isolate as Context, createIsolate } from '@perdure/worker/lib/workflow/isolate/context';
import { createRun } from '@perdure/worker/lib/workflow/isolate/run';
import { CONVERTERS, INTERCEPTORS, SOURCES } from './bundle.ts';
import type { Begin, Isolate, SinkCalls } from './isolate.ts';

type Kind = Pick<Begin, 'intercepted' | 'converted'>;

/** Makes a context for each kind of run, and returns what begins a run in one of them. */
export async function openHosts(): Promise<(begin: Begin) => Isolate> {
  const kinds = [true, false].flatMap((intercepted) => [true, false].map((converted) => ({ intercepted, converted })));
  const contexts = new Map<string, Context>();
  for (const kind of kinds) contexts.set(JSON.stringify(kind), await openContext(kind));
  return (begin) => {
    const { intercepted, converted } = begin;
    const context = contexts.get(JSON.stringify({ intercepted, converted }));
    if (!context) throw new Error('there is a context for each kind');
    return openHost(context, begin);
  };
}

async function openContext({ intercepted, converted }: Kind): Promise<Context> {
  const folder = mkdtempSync(join(tmpdir(), 'perdure-parity-'));
  try {
    const workflowsPath = join(folder, 'workflows.ts');
    const exported = SOURCES.map((file) => `export * from ${JSON.stringify(file)};`);
    writeFileSync(workflowsPath, `${exported.join('\n')}\nexport { default } from ${JSON.stringify(SOURCES[0])};\n`);
    const { code } = await bundleWorkflowCode({
      workflowsPath,
      workflowInterceptorModules: intercepted ? [INTERCEPTORS] : [],
      ...(converted && { payloadConverterPath: CONVERTERS, failureConverterPath: CONVERTERS }),
    });
    return createIsolate({ ...parseBundle(code), isShared: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function openHost(context: Context, begin: Begin): Isolate {
  const { failureExceptionTypeNames, patchActivationCallback } = begin;
  type RunOptions = Parameters<typeof createRun>[1];
  const run = createRun(context, {
    info: begin.info as unknown as RunOptions['info'],
    now: 0,
    randomnessSeed: begin.seed,
    showStackTraceSources: false,
    registeredActivityNames: new Set(begin.localActivities),
    stackTracesEnabled: true,
    ...(failureExceptionTypeNames && { failureExceptionTypeNames }),
    ...(patchActivationCallback && {
      patchActivationCallback: patchActivationCallback as unknown as NonNullable<RunOptions['patchActivationCallback']>,
    }),
  });
  return {
    activate: (activation) => activate(run, activation),
    sinkCalls: () => run.activator.getAndResetSinkCalls() as unknown as SinkCalls,
    dispose: () => run.enter(() => context.sdk.dispose()),
  };
}
