/**
 * The gate that compares what a package of ours exports with what the official one does: the names that are there at run
 * time, and every type and value as the compiler sees it. What is deliberately absent or different is in `absent.json` with
 * its reason, and that list may only shrink: an entry that holds no more is a fault as well.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Declared, declaredExports } from './declared-exports.ts';
import { copyOfficial, type Nominal } from './official-declarations.ts';

/**
 * Reasons by name. `runtime` are names that are not there, `types` what the compiler objects to, and `own` what only our
 * package has.
 */
export type Absences = { readonly runtime?: Reasons; readonly types?: Reasons; readonly own?: Reasons };
type Reasons = { readonly [name: string]: string };

export const packages = ['common', 'activity', 'client', 'workflow', 'worker', 'testing'] as const;
export type PackageName = (typeof packages)[number];

const root = path.resolve(import.meta.dirname, '../..');

export function listedAbsences(): { readonly [name in PackageName]?: Absences } {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'absent.json'), 'utf8'));
}

/** What is wrong with the names that a package has at run time, one sentence each. */
export function runtimeFaults(official: readonly string[], ours: readonly string[], listed: Absences = {}): string[] {
  const { runtime: absent = {}, own = {} } = listed;
  const missing = official.filter((name) => !ours.includes(name));
  const added = ours.filter((name) => !official.includes(name));
  return [
    ...missing.filter((name) => !(name in absent)).map((name) => `${name} is not there`),
    ...added.filter((name) => !(name in own)).map((name) => `${name} is in no official package`),
    ...stale(absent, missing),
    ...stale(own, added),
  ];
}

/** What is wrong with the types of a package, one sentence each. */
export function typeFaults(objections: ReadonlyMap<string, string>, absent: Reasons = {}): string[] {
  return [
    ...[...objections].filter(([name]) => !(name in absent)).map(([name, message]) => `${name}: ${message}`),
    ...stale(absent, [...objections.keys()]),
  ];
}

function stale(absent: Reasons, needed: readonly string[]): string[] {
  const unneeded = Object.keys(absent).filter((name) => !needed.includes(name));
  return unneeded.map((name) => `${name} needs no entry in absent.json any more: take it out`);
}

export type Objections = ReadonlyMap<PackageName, ReadonlyMap<string, string>>;

/** What the compiler has against using our exports where the official ones are expected, by package and name. */
export async function compilerObjections(): Promise<Objections> {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-parity-'));
  try {
    const ours = await runtimeNames();
    const nominal = copyOfficial(folder, (from, module, each) =>
      ours.get(from)?.has(each) ? `@perdure/${from}` : subPath(from, module, each),
    );
    const objections = new Map(packages.map((name) => [name, new Map<string, string>()]));
    const exported = new Map(packages.map((name) => [name, [...declaredExports(`@temporalio/${name}`)]]));
    for (const [name, declared] of exported) {
      const checks = declared.map(([each, what]) => check(each, what, nominal.get(`${name} ${each}`)));
      writeFileSync(path.join(folder, `${name}.ts`), `${[...headerOf(name), ...checks].join('\n')}\n`);
    }
    for (const [name, line, message] of compile(folder)) {
      const [which] = exported.get(name)?.[line - headerOf(name).length - 1] ?? [];
      if (which === undefined) throw new Error(`the compiler objects to the gate itself: ${message}`);
      const known = objections.get(name);
      if (!known?.has(which)) known?.set(which, message);
    }
    return objections;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function headerOf(name: PackageName): string[] {
  return [
    `import type * as official from '@temporalio/${name}';`,
    `import type * as ours from '@perdure/${name}';`,
    'export type Any = any;',
    'export type Keys<T> = T extends unknown ? keyof T : never;',
  ];
}

/** Brands, and types that are branded, which are not there at run time. */
const branded = ['UpdateDefinition', 'SignalDefinition', 'QueryDefinition', 'ConverterHint', 'rawPayloadTypeBrand'];

/** The names that our packages export; none for one that cannot be loaded yet. */
async function runtimeNames(): Promise<Map<string, Set<string>>> {
  const names = packages.map(async (name) => {
    const module: object = await import(`@perdure/${name}`).catch(() => ({}));
    return [name, new Set([...Object.keys(module), ...(name === 'common' ? branded : [])])] as const;
  });
  return new Map(await Promise.all(names));
}

/** The sub path of ours that has the name of the official module, if it exports such a thing. */
function subPath(packageName: string, module: string, name: string): string | undefined {
  const file = path.join(root, 'sdk', packageName, `${module.replace(/^lib/, 'src')}.ts`);
  const isExported = new RegExp(`^export [^;]*\\b${name}\\b`, 'm');
  if (!existsSync(file) || !isExported.test(readFileSync(file, 'utf8'))) return undefined;
  return `@perdure/${packageName}/${module}`;
}

/**
 * A line that compiles only if the export of ours can stand in for the official one. Two types must be assignable in both
 * directions and have the same members, for neither option may be missing nor one of its values.
 */
function check(name: string, { kind, typeParameters }: Declared, nominal: Nominal | undefined): string {
  const official = nominal?.declaration ?? `official.${name}`;
  const parameters = nominal?.typeParameters ?? typeParameters;
  const given = parameters > 0 ? `<${Array(parameters).fill('Any').join(', ')}>` : '';
  if (nominal?.kind === 'symbol') return canBe('symbol', `typeof ours.${name}`);
  if (nominal?.kind === 'enum') return canBe(`Record<keyof typeof ${official}, unknown>`, `typeof ours.${name}`);
  const statics = (type: string) => (nominal?.kind === 'hidden-class' ? `Pick<${type}, keyof ${type}>` : type);
  const parts: string[] = [];
  if (kind !== 'type') parts.push(canBe(statics(`typeof ${official}`), statics(`typeof ours.${name}`)));
  if (kind !== 'value') parts.push(canBe(`${official}${given}`, `ours.${name}${given}`));
  if (kind === 'type' && !nominal) {
    parts.push(canBe(`ours.${name}${given}`, `${official}${given}`));
    parts.push(canBe('never', `Exclude<Keys<${official}${given}>, Keys<ours.${name}${given}>>`));
  }
  return parts.join(' ');
}

function canBe(expected: string, actual: string): string {
  return `{ const x: ${expected} = null as unknown as ${actual}; void x; }`;
}

/** What the compiler says, by package and line. Optional members are checked as the official packages check them. */
function compile(folder: string): [name: PackageName, line: number, message: string][] {
  const compilerOptions = {
    exactOptionalPropertyTypes: false,
    typeRoots: [path.join(root, 'node_modules/@types')],
    // The package has declarations, but its `exports` do not lead to them.
    paths: { ms: [path.join(root, 'node_modules/ms/dist/index.d.ts')] },
  };
  const files = packages.map((name) => `${name}.ts`);
  const config = { extends: path.join(root, 'tsconfig.json'), files, include: [], compilerOptions };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = path.join(root, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['-p', '.', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  // The compiler says nothing more once the copies are no proper declarations.
  const broken = /^.*: error TS1\d{3}: .*$/m.exec(stdout);
  if (broken) throw new Error(`a copied declaration is broken: ${broken[0]}`);
  const said = stdout.matchAll(/^(\w+)\.ts\((\d+),\d+\): error \w+: (.*(?:\n .*)*)$/gm);
  return [...said].map(([, name = '', line, message = '']) => [name as PackageName, Number(line), message]);
}
