/** All workflows of all behaviours in one bundle, made once and kept in a temporary file for the other test processes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

const require = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const INTERCEPTORS = join(HERE, 'interceptors', 'workflow-interceptors.ts');
const EXAMPLE = dirname(require.resolve('@perdure/example-order-processing/workflows.ts'));

/** The bundle as a worker takes it. The file's name carries a hash of the sources, so a stale one is never used. */
export async function sharedBundle(): Promise<WorkflowBundleOption> {
  const codePath = join(tmpdir(), `perdure-conformance-${hashOfSources()}.js`);
  if (!statSync(codePath, { throwIfNoEntry: false })) await makeBundle(codePath);
  return { codePath };
}

/**
 * The bundle with a text in it replaced, which stands for another deployment of the same code.
 *
 * @throws when `from` does not occur
 */
export async function changedBundle(from: string, to: string): Promise<WorkflowBundleOption> {
  const bundle = await sharedBundle();
  const code = 'codePath' in bundle ? readFileSync(bundle.codePath, 'utf8') : bundle.code;
  if (!code.includes(from)) throw new Error(`the bundle does not contain ${from}`);
  return { code: code.replaceAll(from, to) };
}

async function makeBundle(codePath: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(HERE, 'workflows.ts'),
    workflowInterceptorModules: [INTERCEPTORS],
    ...(isOwn ? {} : { webpackConfigHook: withAlias }),
    logger: new DefaultLogger('WARN'),
  });
  // Several processes may get here at once: each writes its own file, and the last rename wins with the same bytes.
  const own = `${codePath}.${process.pid}`;
  writeFileSync(own, code);
  renameSync(own, codePath);
}

/** Whether `@temporalio/worker` stands for ours (`scripts/with-own-sdk.ts`). */
const isOwn = !import.meta.resolve('@temporalio/worker').includes('/@temporalio/');

/** The example names our packages; the official bundler is to find its own. */
const withAlias: NonNullable<BundleOptions['webpackConfigHook']> = (config) => ({
  ...config,
  resolve: {
    ...config.resolve,
    alias: {
      ...config.resolve?.alias,
      '@perdure/common': '@temporalio/common',
      '@perdure/workflow': '@temporalio/workflow',
    },
  },
});

function hashOfSources(): string {
  const hash = createHash('sha256').update(readFileSync(require.resolve('@temporalio/worker/package.json')));
  const ownFolders = isOwn ? ['common', 'workflow', 'worker'].map((name) => join(HERE, '../../sdk', name)) : [];
  for (const folder of [HERE, EXAMPLE, ...ownFolders]) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    for (const file of files) {
      if (file.endsWith('.ts') && !file.endsWith('.test.ts'))
        hash.update(file).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
