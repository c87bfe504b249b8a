/** What the declarations of an official package export, read from the files that its compiler wrote. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** `both` is a class or an enum, which is a value and a type. */
export type Declared = { readonly kind: 'value' | 'type' | 'both'; readonly typeParameters: number };

const modules = path.resolve(import.meta.dirname, '../../node_modules');

/** All exports of a package by name, those of other official packages that it passes on included. */
export function declaredExports(packageName: string): ReadonlyMap<string, Declared> {
  return exportsOf(path.join(modules, packageName, 'lib/index.d.ts'), new Map());
}

type Found = Map<string, Declared>;

function exportsOf(file: string, seen: Map<string, Found>): Found {
  const known = seen.get(file);
  if (known) return known;
  const found: Found = new Map();
  seen.set(file, found);
  const text = withoutComments(readFileSync(file, 'utf8'));
  const local = new Map([...importedBy(text, file, seen), ...declarations(text)]);
  for (const { names, from } of namedExports(text)) {
    const source = from === undefined ? local : exportsFrom(file, from, seen);
    for (const { name, as, isType } of names) {
      const declared = source.get(name) ?? { kind: 'both', typeParameters: 0 };
      found.set(as, isType ? { ...declared, kind: 'type' } : declared);
    }
  }
  for (const [, from = ''] of text.matchAll(/^export \* from '([^']+)';/gm)) {
    for (const [name, declared] of exportsFrom(file, from, seen)) if (!found.has(name)) found.set(name, declared);
  }
  for (const [name, declared] of declarations(text, 'export ')) found.set(name, declared);
  return found;
}

/** What the file that a specifier leads to exports; nothing for a package that is not official. */
function exportsFrom(importer: string, from: string, seen: Map<string, Found>): Found {
  const base = from.startsWith('.') ? path.join(path.dirname(importer), from) : path.join(modules, from);
  if (!from.startsWith('.') && !from.startsWith('@temporalio/')) return new Map();
  const file = [`${base}.d.ts`, `${base}/index.d.ts`, `${base}/lib/index.d.ts`].find((each) => existsSync(each));
  if (file === undefined) throw new Error(`${importer} exports from ${from}, which has no declarations`);
  return exportsOf(file, seen);
}

/** What a file imports, since it may export it again. */
function importedBy(text: string, file: string, seen: Map<string, Found>): Found {
  const imported: Found = new Map();
  for (const [, list = '', from = ''] of text.matchAll(/^import (?:type )?\{([^}]*)\} from '([^']+)';/gm)) {
    const names = list.split(',').map((name) => name.trim().replace(/^type /, ''));
    const reexported = names.filter((name) =>
      new RegExp(`^export (type )?\\{[^}]*\\b${name}\\b[^}]*\\};`, 'm').test(text),
    );
    if (reexported.length === 0) continue;
    const source = exportsFrom(file, from, seen);
    for (const name of reexported) {
      const declared = source.get(name);
      if (declared) imported.set(name, declared);
    }
  }
  return imported;
}

type Named = { readonly name: string; readonly as: string; readonly isType: boolean };

function namedExports(text: string): { names: Named[]; from: string | undefined }[] {
  const lists = text.matchAll(/^export (?<type>type )?\{(?<list>[^}]*)\}(?: from '(?<from>[^']+)')?;/gm);
  return [...lists].map(({ groups = {} }) => ({
    from: groups['from'],
    names: [...(groups['list'] ?? '').matchAll(/(?<type>type )?(?<name>\w+)(?: as (?<as>\w+))?/g)].map((one) => ({
      name: one.groups?.['name'] ?? '',
      as: one.groups?.['as'] ?? one.groups?.['name'] ?? '',
      isType: groups['type'] !== undefined || one.groups?.['type'] !== undefined,
    })),
  }));
}

const kinds: Readonly<Record<string, Declared['kind']>> = {
  class: 'both',
  enum: 'both',
  const: 'value',
  function: 'value',
  interface: 'type',
  type: 'type',
  namespace: 'value',
};

/** What is declared at the top of a file, after a prefix if only that counts. A const and a type of one name are both. */
function declarations(text: string, prefix = '(?:export )?'): Found {
  const found: Found = new Map();
  const each = new RegExp(
    `^${prefix}(?:declare )?(?:abstract )?(class|enum|const|function|interface|type|namespace) (\\w.*)$`,
    'gm',
  );
  for (const [, keyword = '', rest = ''] of text.matchAll(each)) {
    // One statement may declare several constants: `const encode: …, decode: …`.
    const names = keyword === 'const' ? constants(rest) : [/^\w+/.exec(rest)?.[0] ?? ''];
    for (const name of names) {
      const kind = kinds[keyword] ?? 'value';
      const typeParameters = kind === 'value' ? 0 : parameterCount(rest.slice(name.length));
      const other = found.get(name);
      if (other && other.kind !== kind)
        found.set(name, { kind: 'both', typeParameters: other.typeParameters + typeParameters });
      else if (!other) found.set(name, { kind, typeParameters });
    }
  }
  return found;
}

/** The names at depth 0 that a type or a value follows. */
function constants(declarators: string): string[] {
  return topLevel(declarators).flatMap((part) => /^\s*(\w+)(?::| =)/.exec(part)?.[1] ?? []);
}

function parameterCount(afterName: string): number {
  if (!afterName.startsWith('<')) return 0;
  return topLevel(afterName.slice(1)).length;
}

/** A text cut at its commas outside of brackets, up to the bracket that closes it. */
function topLevel(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const [at, char] of [...text].entries()) {
    const isArrow = char === '>' && text[at - 1] === '=';
    if ('<({['.includes(char)) depth++;
    else if ('>)}]'.includes(char) && !isArrow) depth--;
    if (depth < 0) break;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
