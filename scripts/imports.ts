/**
 * Holds every import to the table in `imports.rules.ts`, keeps packages to each other's public entries, and finds
 * cycles. Types count like values: a cycle of types is still two files that cannot be understood one by one.
 */
import path from 'node:path';
import { fileRules, folderRules, moduleRules } from './imports.rules.ts';
import type { Fault, Node } from './sources.ts';
import { childrenOf, isTestCode, lineAt, parseSource, readSource, report, sourceFiles } from './sources.ts';

/** An import as it is written. */
export type Import = { readonly specifier: string; readonly line: number; readonly typeOnly: boolean };

const packages: { readonly [name: string]: string } = {
  '@perdure/api': 'api/',
  '@perdure/server': 'server/',
  perdure: 'cli/',
};
const workspaceOf = (file: string) => `${file.split('/', 1)[0]}/`;
const junkDrawer = /(^|\/)(utils?|misc|helpers?|impl|common)(\/|\.ts$|\.test\.ts$)/;
/** Names that are not ours to choose: those of the official SDK's packages and sub paths. */
const givenNames = /^sdk\/(common(?=\/)|client\/src\/helpers\.ts$|worker\/src\/utils\.ts$|testing\/src\/utils\.ts$)/;

/** Every import, re-export, `import()`, `import('…')` type and `new URL('…', import.meta.url)` of a source text. */
export function importsOf(file: string, text: string): Import[] {
  const { program } = parseSource(file, text);
  const found: Import[] = [];
  const pending: Node[] = [program];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const target = importTarget(node);
    if (target) found.push({ ...target, line: lineAt(text, node.start) });
    pending.push(...childrenOf(node));
  }
  return found.sort((a, b) => a.line - b.line);
}

function importTarget(node: Node): Omit<Import, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration': {
      const names = node.specifiers;
      const typed =
        names.length > 0 && names.every((name) => name.type === 'ImportSpecifier' && name.importKind === 'type');
      return { specifier: node.source.value, typeOnly: node.importKind === 'type' || typed };
    }
    case 'ExportAllDeclaration':
      return { specifier: node.source.value, typeOnly: node.exportKind === 'type' };
    case 'ExportNamedDeclaration':
      return node.source ? { specifier: node.source.value, typeOnly: node.exportKind === 'type' } : undefined;
    case 'TSImportType':
      return { specifier: node.source.value, typeOnly: true };
    case 'ImportExpression':
      return literal(node.source);
    case 'NewExpression': {
      const target = isNamedUrl(node) ? literal(node.arguments[0]) : undefined;
      return target?.specifier.startsWith('.') ? target : undefined;
    }
    default:
      return undefined;
  }
}

function isNamedUrl(node: Node & { type: 'NewExpression' }): boolean {
  return node.callee.type === 'Identifier' && node.callee.name === 'URL' && node.arguments.length === 2;
}

function literal(node: Node | undefined): Omit<Import, 'line'> | undefined {
  if (node?.type !== 'Literal' || typeof node.value !== 'string') return undefined;
  return { specifier: node.value, typeOnly: false };
}

/** The file or workspace folder of this repository that a specifier means, or undefined for an outside module. */
function resolve(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  const name = Object.keys(packages).find((each) => specifier === each || specifier.startsWith(`${each}/`));
  return name === undefined ? undefined : packages[name];
}

/** What is wrong with one import of a file, if anything. */
export function importFault(file: string, { specifier, typeOnly }: Import): string | undefined {
  const target = resolve(file, specifier);
  if (target === undefined) {
    const rule = moduleRules.find(({ module }) =>
      module.endsWith('/') ? specifier.startsWith(module) : under(specifier, module),
    );
    if (!rule || rule.only.some((folder) => file.startsWith(folder))) return undefined;
    return `must not import ${specifier}: ${rule.because}`;
  }
  if (specifier.startsWith('.') && workspaceOf(target) !== workspaceOf(file)) {
    return `must not reach into ${target}: other packages are imported by name, through their public entries`;
  }
  const narrow = fileRules.find((rule) => rule.file.test(target));
  if (narrow && !typeOnly && !isTestCode(file) && !narrow.only.some((folder) => file.startsWith(folder))) {
    return `must not import ${target} except as types: ${narrow.because}`;
  }
  const rule = folderRules.find(({ from }) => file.startsWith(from));
  if (!rule) return `lies in a folder that the import table does not know`;
  const allowed = [rule.from, ...rule.may, ...(typeOnly ? (rule.mayType ?? []) : [])];
  // A test may set up its subject with anything of its own package; only the package's outside is closed to it.
  if (isTestCode(file)) allowed.push(workspaceOf(file));
  if (allowed.some((folder) => target.startsWith(folder))) return undefined;
  const asType = rule.mayType?.some((folder) => target.startsWith(folder)) ? ' except as types' : '';
  return `must not import ${target}${asType}: ${rule.because}`;
}

function under(specifier: string, module: string): boolean {
  return specifier === module || specifier.startsWith(`${module}/`);
}

/** One cycle for each knot of files that import each other, as the files in order. */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    const at = trail.indexOf(file);
    if (at >= 0) found.push(trail.slice(at));
    if (at >= 0 || done.has(file)) return;
    trail.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    trail.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

function main(): void {
  const faults: Fault[] = [];
  const graph = new Map<string, string[]>();
  for (const file of sourceFiles()) {
    if (junkDrawer.test(file.replace(givenNames, '')))
      faults.push({ file, line: 1, message: 'is named like a junk drawer: say what lives in it' });
    const imports = importsOf(file, readSource(file));
    for (const each of imports) {
      const message = importFault(file, each);
      if (message) faults.push({ file, line: each.line, message });
    }
    graph.set(
      file,
      imports.flatMap(({ specifier }) => (specifier.startsWith('.') ? (resolve(file, specifier) ?? []) : [])),
    );
  }
  for (const cycle of cycles(graph)) {
    faults.push({ file: cycle[0] ?? '', line: 1, message: `imports itself: ${[...cycle, cycle[0]].join(' → ')}` });
  }
  report('imports', faults);
}

if (import.meta.main) main();
