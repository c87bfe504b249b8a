/**
 * The official declarations, copied to a folder of their own and made comparable.
 *
 * Some of their types are nominal: no other declaration can stand in for a class with private members, an enum, a symbol of
 * its own or an interface branded with one, and neither can any type that mentions such a thing. So wherever such a one is mentioned, ours is
 * put in its place, and the declaration itself, without what makes it nominal, is kept under another name to be compared on
 * its own.
 */
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withoutComments } from './declared-exports.ts';

export type Nominal = {
  readonly kind: 'class' | 'hidden-class' | 'enum' | 'interface' | 'symbol';
  /** The declaration that is kept, as a type that can be written in any module. */
  readonly declaration: string;
  readonly typeParameters: number;
};

export type FindOurs = (packageName: string, module: string, name: string) => string | undefined;

const modules = path.resolve(import.meta.dirname, '../../node_modules');
const kept = 'Official_';

/**
 * Makes the folder's `node_modules`: everything as it is here, but the official packages rewritten. Returns what was
 * nominal, by package and name.
 *
 * @param find From where ours of this name is imported, given the official module; without it nothing is put in place.
 */
export function copyOfficial(folder: string, find: FindOurs): ReadonlyMap<string, Nominal> {
  const copy = path.join(folder, 'node_modules');
  const official = path.join(copy, '@temporalio');
  mkdirSync(official, { recursive: true });
  for (const entry of readdirSync(modules)) {
    if (entry !== '@temporalio') symlinkSync(path.join(modules, entry), path.join(copy, entry));
  }
  const nominal = new Map<string, Nominal>();
  for (const name of readdirSync(path.join(modules, '@temporalio'))) {
    const from = path.join(modules, '@temporalio', name);
    if (name === 'proto') symlinkSync(from, path.join(official, name));
    else copyPackage(from, path.join(official, name), nominal, find);
  }
  return nominal;
}

function copyPackage(from: string, to: string, nominal: Map<string, Nominal>, find: FindOurs): void {
  mkdirSync(to);
  cpSync(path.join(from, 'package.json'), path.join(to, 'package.json'));
  const packageName = path.basename(to);
  for (const file of globSync('{lib,src}/**/*.d.ts', { cwd: from })) {
    const text = withoutComments(readFileSync(path.join(from, file), 'utf8'));
    const module = file.replace(/\.d\.ts$/, '');
    const imports: string[] = [];
    const putOurs = (name: string, comparedAs: Nominal): boolean => {
      const specifier = find(packageName, module, name);
      if (specifier) imports.push(`import { ${name} } from '${specifier}';\nexport { ${name} };\n`);
      // What only a sub path of ours exports is not compared: it is no export of the package.
      if (specifier === `@perdure/${packageName}`) nominal.set(`${packageName} ${name}`, comparedAs);
      return specifier !== undefined;
    };
    const rewritten = text.replace(declaration, (whole, head: string, keyword: string, name: string, rest: string) => {
      const kind = nominalKind(keyword, whole, text);
      if (kind === undefined) return whole;
      const typeParameters = /^<([^>]*)>/.exec(rest)?.[1]?.split(',').length ?? 0;
      const declaration = `import('@temporalio/${packageName}/${module}').${kept}${name}`;
      if (!putOurs(name, { kind, declaration, typeParameters })) return whole;
      return `${head}${keyword} ${kept}${name}${withoutNominalMembers(rest)}`;
    });
    const withoutSymbols = rewritten.replace(symbol, (whole, isExported: string | undefined, name: string) => {
      if (isExported === undefined) return `declare const ${name}: any;`;
      return putOurs(name, { kind: 'symbol', declaration: 'symbol', typeParameters: 0 }) ? '' : whole;
    });
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    writeFileSync(path.join(to, file), imports.join('') + withoutSymbols);
  }
}

/** A class, enum or interface at the top of a file, whole: the compiler indents everything within. */
const declaration =
  /^(export (?:declare )?(?:abstract )?)(class|enum|interface) (\w+)([^\n]*\{\n(?:(?: .*)?\n)*?\})$/gm;

/** One that is not exported has no name outside, so anything may stand in for it. */
const symbol = /^(export )?declare const (\w+): unique symbol;$/gm;

/** The beginning of a member that only the declaring class has, or of a brand. */
const nominalMember = /^ {4}(?:private|protected|#|\[\w+[bB]rand\]\??:)/;

/** Drops such members whole, which may go on for several lines: to the semicolon outside of all brackets. */
function withoutNominalMembers(body: string): string {
  let depth = 0;
  let isDropping = false;
  const lines = body.split('\n').filter((line) => {
    if (depth === 0) isDropping = nominalMember.test(line);
    if (!isDropping) return true;
    depth += line.replace(/=>/g, '').match(/[({[<]/g)?.length ?? 0;
    depth -= line.replace(/=>/g, '').match(/[)}\]>]/g)?.length ?? 0;
    return false;
  });
  return lines.join('\n');
}

function nominalKind(keyword: string, text: string, file: string): Nominal['kind'] | undefined {
  if (keyword === 'enum') return 'enum';
  const isNominal = text.split('\n').some((line) => nominalMember.test(line));
  if (keyword === 'interface') return isNominal ? 'interface' : undefined;
  if (/^ {4}(private|protected) constructor/m.test(text)) return 'hidden-class';
  return isNominal || hasNominalBase(text, file) ? 'class' : undefined;
}

/** Whether a class extends one of the same file, not exported, that has members of its own. */
function hasNominalBase(text: string, file: string): boolean {
  // The last one in the head: those before it are of type parameters.
  const base = /.*\bextends (\w+)/.exec(text)?.[1];
  const declared = new RegExp(`^declare (?:abstract )?class ${base}\\b[^\\n]*\\{\\n(?:(?: .*)?\\n)*?\\}$`, 'm').exec(
    file,
  );
  return declared?.[0].split('\n').some((line) => nominalMember.test(line)) ?? false;
}
