/**
 * Builds the packages that are published into `dist/`, each where it lies in the repository: plain ES modules, their types, bundles of them for
 * Node, and a package.json that points at them. In the repository the sources run as they are; only what is published is compiled.
 *
 *     node scripts/build.ts [folder, default dist]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuiltPackage, bundle } from './bundle.ts';
import { root } from './sources.ts';

const packages = [
  'api',
  'server',
  'cli',
  ...['proto', 'transport', 'common', 'workflow', 'client', 'activity', 'worker', 'testing', 'embedded'].map(
    (name) => `sdk/${name}`,
  ),
];

/** The versions of Node that the published packages run on: those with `node:sqlite` and without a flag for it. */
const nodeVersions = '>=22.13.0';

const notPublished = [
  '**/*.test.ts',
  '**/*.fixture.ts',
  '**/*.contract.ts',
  '**/contract-suite.ts',
  '**/contract-suite/**',
];

export type Manifest = {
  readonly name: string;
  readonly exports?: { readonly [entry: string]: string };
  readonly bin?: { readonly [name: string]: string };
  readonly devDependencies?: unknown;
  readonly scripts?: unknown;
  readonly [field: string]: unknown;
};

/** Compiles everything into `folder`, which is emptied first. Throws, saying what the compiler said, if that fails. */
export async function build(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  compile(folder);
  const built: BuiltPackage[] = [];
  for (const name of packages) {
    copyAsItIs(path.join(root, name), path.join(folder, name));
    const manifest: Manifest = JSON.parse(readFileSync(path.join(root, name, 'package.json'), 'utf8'));
    writeFileSync(path.join(folder, name, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`);
    cpSync(path.join(root, 'LICENSE'), path.join(folder, name, 'LICENSE'));
    const exports = Object.fromEntries(
      Object.entries(manifest.exports ?? {}).map(([entry, source]) => [entry, source.replace(/\.ts$/, '.js')]),
    );
    if (manifest.exports) built.push({ name: manifest.name, folder: path.join(folder, name), exports });
  }
  for (const file of globSync('{*,sdk/*}/{src,bin}/**/*.{js,d.ts}', { cwd: folder })) {
    const at = path.join(folder, file);
    const text = readFileSync(at, 'utf8');
    const rewritten = toJavaScript(text);
    if (rewritten !== text) writeFileSync(at, rewritten);
  }
  await bundle(built);
}

function compile(folder: string): void {
  const config = path.join(folder, 'tsconfig.json');
  const settings = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      noEmitOnError: true,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      target: 'ES2023',
      rootDir: root,
      outDir: folder,
      typeRoots: [path.join(root, 'node_modules/@types')],
    },
    include: packages.map((name) => path.join(root, name, 'src/**/*.ts')),
    exclude: packages.flatMap((name) => notPublished.map((pattern) => path.join(root, name, pattern))),
  };
  writeFileSync(config, JSON.stringify(settings));
  const { status, stdout, stderr } = spawnSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', config], {
    encoding: 'utf8',
  });
  rmSync(config);
  if (status !== 0) throw new Error(`the build does not compile\n${stdout}${stderr}`);
}

/** Generated modules, executables and whatever else is published without being compiled. */
function copyAsItIs(from: string, to: string): void {
  const isAsset = (file: string) => !file.endsWith('.ts') || file.endsWith('.d.ts');
  for (const file of globSync(['src/**/*.*', 'bin/*', 'README.md'], { cwd: from })) {
    if (isAsset(file) && existsSync(path.join(from, file))) cpSync(path.join(from, file), path.join(to, file));
  }
}

/** The published form of a manifest: entries that point at what was built, and only what its users need. */
export function published({ devDependencies, scripts, ...kept }: Manifest): Manifest {
  const entries = Object.entries(kept.exports ?? {}).map(([entry, source]) => {
    if (!source.startsWith('./src/')) return [entry, source];
    const module = source.replace(/\.ts$/, '.js');
    const types = source.replace(/\.[jt]s$/, '.d.ts');
    return [entry, { types, node: module.replace('/src/', '/node/'), default: module }];
  });
  return {
    ...kept,
    // Packages take from each other's bundles.
    ...(kept.exports ? { exports: { ...Object.fromEntries(entries), './node/*.js': './node/*.js' } } : {}),
    engines: { node: nodeVersions },
    publishConfig: { access: 'public' },
  };
}

/** Points the imports of relative `.ts` files, and the URLs of threads, at what they were compiled to. */
export function toJavaScript(text: string): string {
  return text.replaceAll(/(\bfrom |\bimport |\bimport\(|\bnew URL\()(['"])(\.\.?\/[^'"]+)\.ts\2/g, '$1$2$3.js$2');
}

if (import.meta.main) await build(path.resolve(process.argv[2] ?? path.join(root, 'dist')));
