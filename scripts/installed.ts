/**
 * What an installation consists of: the given packages, and everything that they depend on, each at the place where Node
 * would find it from the one that needs it. Sizes are those of the files, which is what npm calls a package's unpacked
 * size; a disk takes a fifth more, as it gives out whole blocks.
 */
import { existsSync, globSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** A package, and the bytes in its files; what is nested in its `node_modules` counts for itself. */
export type Installed = { readonly name: string; readonly folder: string; readonly bytes: number };

type Manifest = {
  readonly name: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
};

/**
 * The packages in `folders` and all that they depend on, biggest first. An optional dependency counts where it is
 * installed, as one made for this platform is. Throws if any other cannot be found.
 */
export function installed(folders: readonly string[]): Installed[] {
  const found = new Map<string, Installed>();
  const add = (folder: string): void => {
    if (found.has(folder)) return;
    const manifest: Manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    found.set(folder, { name: manifest.name, folder, bytes: sizeOf(folder) });
    const optional = manifest.optionalDependencies ?? {};
    for (const name of Object.keys({ ...manifest.dependencies, ...optional })) {
      const place = resolved(name, folder);
      if (place !== undefined) add(place);
      else if (!(name in optional)) throw new Error(`${manifest.name} needs ${name}, which is not installed`);
    }
  };
  for (const folder of folders) add(realpathSync(folder));
  return [...found.values()].sort((a, b) => b.bytes - a.bytes);
}

function resolved(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (existsSync(place)) return realpathSync(place);
    if (folder === path.dirname(folder)) return undefined;
  }
}

function sizeOf(folder: string): number {
  return globSync('**/*', { cwd: folder, exclude: ['node_modules'] })
    .map((file) => lstatSync(path.join(folder, file)))
    .reduce((sum, entry) => (entry.isFile() ? sum + entry.size : sum), 0);
}
