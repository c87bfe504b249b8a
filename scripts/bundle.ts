/**
 * Bundles the modules of built packages, so that what a program loads is a few files instead of hundreds: to find and read
 * those takes longer than to run them.
 *
 *     src/      every module on its own: for types, and for whoever bundles by himself, as workflow code is
 *     node/     what Node loads instead. `bundle.js` has all that the package's entry reaches, `rest.js` what other packages
 *               load besides; for every module of `src/` there is one that hands on its exports, or is a copy if neither has it
 *
 * The modules of threads are bundled whole, with what they need of the other packages.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** A package as it was built: its folder, and by entry (`.`, `./lib/*`) which of its modules that is. */
export type BuiltPackage = {
  readonly name: string;
  readonly folder: string;
  readonly exports: Readonly<Record<string, string>>;
};

type Facts = BuiltPackage & {
  /** Exports by module. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
  /** Which bundle a module is in. */
  readonly bundles: Map<string, Bundle>;
  /** What of other packages the modules in its bundle load. */
  readonly loads: ReadonlySet<string>;
};

type Bundle = (typeof bundleNames)[number];
/** A bundle may load those before it. */
const bundleNames = ['bundle.js', 'rest.js'] as const;

const options = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  write: false,
  metafile: true,
  absWorkingDir: '/',
  logLevel: 'silent',
  charset: 'utf8',
} as const satisfies BuildOptions;

/** Makes `node/` in every package, and the modules of threads whole. */
export async function bundle(packages: readonly BuiltPackage[]): Promise<void> {
  const threads = packages.flatMap(({ folder }) => threadsIn(folder));
  const whole = await Promise.all(threads.map((file) => bundleThread(file, packages)));
  const facts = await Promise.all(packages.map((built) => factsOf(built, threads)));
  await findRest(facts);
  for (const each of facts) {
    for (const name of bundleNames) write(path.join(each.folder, 'node', name), await bundleOf(each, name, facts));
    for (const file of each.modules.keys()) write(inNode(each, file), standIn(each, file));
  }
  for (const [index, file] of threads.entries()) write(file, whole[index] ?? '');
}

/** Modules that are started with `new Worker(new URL(…))`. */
function threadsIn(folder: string): string[] {
  return modulesOf(folder).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/new Worker\(new URL\([`'"](\.\/[\w-]+)\./g)].map(([, name]) =>
      path.join(path.dirname(file), `${name}.js`),
    ),
  );
}

const modulesOf = (folder: string) => globSync('src/**/*.js', { cwd: folder }).map((file) => path.join(folder, file));

async function bundleThread(file: string, packages: readonly BuiltPackage[]): Promise<string> {
  const plugins = [
    resolving('taken-in', /^@perdure\//, (name) => ({ path: moduleOf(name, packages)?.file ?? '' })),
    leavingOutside,
    staying(file),
  ];
  return textOf(await build({ ...options, entryPoints: [file], plugins }));
}

async function factsOf(built: BuiltPackage, threads: readonly string[]): Promise<Facts> {
  const files = modulesOf(built.folder).filter((file) => !threads.includes(file));
  const plugins = [leavingDynamic, leavingOutside];
  const all = await build({ ...options, entryPoints: files, splitting: true, outdir: built.folder, plugins });
  const modules = new Map<string, readonly string[]>();
  for (const { entryPoint, exports } of Object.values(all.metafile.outputs))
    if (entryPoint !== undefined) modules.set(`/${entryPoint}`, exports);
  const entry = path.join(built.folder, built.exports['.'] ?? '');
  const { inputs } = await reach([entry]);
  const bundles = new Map(Object.keys(inputs).map((file) => [`/${file}`, 'bundle.js' as const]));
  const outside = Object.values(inputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
  const loads = outside.filter(({ kind }) => kind !== 'dynamic-import').map(({ path: name }) => name);
  return { ...built, modules, bundles, loads: new Set(loads) };
}

async function reach(entryPoints: string[]): Promise<Metafile> {
  const plugins = [leavingDynamic, leavingOutside];
  return (await build({ ...options, entryPoints, outdir: '/', plugins })).metafile;
}

/** Finds the modules that only other packages load. */
async function findRest(facts: readonly Facts[]): Promise<void> {
  const loaded = facts.flatMap(({ loads }) => [...loads].flatMap((name) => moduleOf(name, facts) ?? []));
  for (const built of facts) {
    const entries = new Set(loaded.filter((each) => each.built === built).map(({ file }) => file));
    for (const file of Object.keys((await reach([...entries])).inputs))
      if (!built.bundles.has(`/${file}`)) built.bundles.set(`/${file}`, 'rest.js');
  }
}

async function bundleOf(built: Facts, name: Bundle, facts: readonly Facts[]): Promise<string> {
  const files = [...built.bundles.keys()].filter((file) => built.bundles.get(file) === name);
  const contents = files.map((file) => `${handOn(built, file, JSON.stringify(file), 'inwards')}\n`).join('');
  const output = path.join(built.folder, 'node', name);
  const plugins = [handingOn(facts), handingOnBefore(built, name), leavingDynamic, leavingOutside, staying(output)];
  return named(textOf(await build({ ...options, stdin: { contents, resolveDir: built.folder }, plugins })));
}

/**
 * Gives back their names to what is exported, where another module had something of the same name. (With `keepNames` every
 * function would be named by a call, and those that are evaluated elsewhere from their text do not have what it calls.)
 */
function named(text: string): string {
  const renamed = [...text.matchAll(/^ {2}(\w+?)(\d+) as (\w+)\$\d+,?$/gm)]
    .filter(([, name, number, exported]) => name === exported && isNamed(text, `${name}${number}`))
    .map(
      ([, name, number]) =>
        `Object.defineProperty(${name}${number}, 'name', { value: '${name}', configurable: true });\n`,
    );
  return `${text}${[...new Set(renamed)].join('')}`;
}

const isNamed = (text: string, name: string) =>
  new RegExp(`(^|[ =])(class|function) ?${name}\\b|\\b${name} = class`, 'm').test(text);

/** The declaration that takes a module's exports into the bundle under names of their own, or out of it again. */
function handOn({ modules }: Facts, file: string, from: string, way: 'inwards' | 'outwards'): string {
  const index = [...modules.keys()].indexOf(file);
  const names = (modules.get(file) ?? []).map((name) =>
    way === 'inwards' ? `${name} as ${name}$${index}` : `${name}$${index} as ${name}`,
  );
  return names.length === 0 ? `import ${from};` : `export { ${names.join(', ')} } from ${from};`;
}

function standIn(built: Facts, file: string): string {
  const at = inNode(built, file);
  const bundle = built.bundles.get(file);
  if (bundle === undefined) return stay(readFileSync(file, 'utf8'), file, at);
  const to = `./${path.relative(path.dirname(at), path.join(built.folder, 'node', bundle))}`;
  return `${handOn(built, file, JSON.stringify(to), 'outwards')}\n`;
}

/** Takes what another package's bundle has from there, and not by way of its modules. */
function handingOn(facts: readonly Facts[]): Plugin {
  return {
    name: 'handing-on',
    setup(on) {
      on.onResolve({ filter: /^@perdure\// }, ({ path: name, kind }) => {
        const found = moduleOf(name, facts);
        const bundle = found?.built.bundles.get(found.file);
        if (!found || !bundle || kind === 'dynamic-import') return { path: name, external: true };
        const from = `${found.built.name}/node/${bundle}`;
        return {
          path: found.file,
          namespace: 'handed-on',
          pluginData: handOn(found.built, found.file, `'${from}'`, 'outwards'),
        };
      });
      on.onResolve({ filter: /^/, namespace: 'handed-on' }, ({ path: name }) => ({ path: name, external: true }));
      on.onLoad({ filter: /^/, namespace: 'handed-on' }, ({ pluginData }) => ({ contents: pluginData as string }));
    },
  };
}

/** Takes what the bundle before has from there. */
function handingOnBefore(built: Facts, name: Bundle): Plugin {
  return {
    name: 'handing-on-before',
    setup(on) {
      on.onResolve({ filter: /^\./, namespace: 'file' }, ({ path: specifier, resolveDir, kind }) => {
        const file = path.join(resolveDir, specifier);
        const bundle = built.bundles.get(file);
        if (kind === 'dynamic-import' || bundle === undefined || bundle === name) return null;
        return { path: file, namespace: 'handed-on', pluginData: handOn(built, file, `'./${bundle}'`, 'outwards') };
      });
    },
  };
}

/** The module that a specifier stands for, by the entries of the package that it names. */
function moduleOf<B extends BuiltPackage>(
  specifier: string,
  packages: readonly B[],
): { readonly built: B; readonly file: string } | undefined {
  const [, name = '', below = ''] = /^(@perdure\/[^/]+)(.*)$/.exec(specifier) ?? [];
  const built = packages.find((each) => each.name === name);
  const entries = Object.entries(built?.exports ?? {}).sort(([a], [b]) => b.length - a.length);
  for (const [entry, target] of entries) {
    const [head = '', tail] = entry.split('*');
    const asked = `.${below}`;
    if (tail === undefined ? asked !== entry : !(asked.startsWith(head) && asked.endsWith(tail))) continue;
    const middle = asked.slice(head.length, asked.length - (tail?.length ?? 0));
    return built && { built, file: path.join(built.folder, target.replace('*', middle)) };
  }
  return undefined;
}

const leavingOutside = resolving('outside', /^[^./]/, (name) => ({ path: name, external: true }));

/** What is loaded when it is needed stays a file of its own. */
const leavingDynamic: Plugin = {
  name: 'dynamic',
  setup(on) {
    on.onResolve({ filter: /^\./ }, ({ path: name, kind, resolveDir }) =>
      kind === 'dynamic-import'
        ? { path: `./${path.relative(sourcesAbove(resolveDir), path.join(resolveDir, name))}`, external: true }
        : null,
    );
  },
};

const sourcesAbove = (folder: string): string => `${folder}/`.slice(0, `${folder}/`.lastIndexOf('/src/') + 5);

function resolving(
  name: string,
  filter: RegExp,
  to: (specifier: string) => { path: string; external?: boolean },
): Plugin {
  return { name, setup: (on) => on.onResolve({ filter }, ({ path: specifier }) => to(specifier)) };
}

/** Has modules think that they are still where they were. */
function staying(output: string): Plugin {
  return {
    name: 'staying',
    setup(on) {
      on.onLoad({ filter: /\/src\/.*\.js$/ }, ({ path: file }) => ({
        contents: stay(readFileSync(file, 'utf8'), file, output),
      }));
    },
  };
}

function stay(text: string, file: string, output: string): string {
  if (file === output) return text;
  const to = path.relative(path.dirname(output), file);
  return text.replaceAll('import.meta.url', `new URL(${JSON.stringify(to)}, import.meta.url).href`);
}

const inNode = ({ folder }: BuiltPackage, file: string) =>
  path.join(folder, 'node', path.relative(path.join(folder, 'src'), file));

const textOf = ({ outputFiles }: { readonly outputFiles: readonly { readonly text: string }[] }) =>
  outputFiles[0]?.text ?? '';

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
