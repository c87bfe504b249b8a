/** Writes `src/generated` anew from the protos that `@temporalio/proto` publishes: `node sdk/proto/generate.ts`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import root from '@temporalio/proto/protos/json-module.js';

/** What protobuf.js writes of a namespace, a message, an enum, a service or an extension. */
type Node = {
  readonly options?: object;
  readonly edition?: string;
  readonly nested?: Readonly<Record<string, Node>>;
  readonly fields?: Readonly<Record<string, { readonly type: string }>>;
  readonly methods?: Readonly<Record<string, { readonly requestType: string; readonly responseType: string }>>;
  readonly values?: object;
  readonly oneof?: object;
  readonly extend?: string;
  readonly type?: string;
};

const scalars = new Set(
  'double float int32 uint32 sint32 fixed32 sfixed32 int64 uint64 sint64 fixed64 sfixed64 bool string bytes'.split(' '),
);

/** The generated files: text by name, relative to `src/generated`. */
export function generate(): Map<string, string> {
  const tree = root.toJSON() as Node;
  const names = new Set<string>();
  collectNames(tree, '', names);
  const together = [...names].filter((name) => standsTogether(at(tree, name)));
  return new Map([
    [
      'declarations.js',
      `export const declarations = ${emitPackage(tree, '', names)};\nexport const together = ${JSON.stringify(together)};\n`,
    ],
    ['declarations.d.ts', types],
  ]);
}

const types = `/** What a package declares: its own packages, and everything else as JSON. */
export type Package = { readonly options?: Record<string, unknown>; readonly declares: Readonly<Record<string, Package | string>> };
export declare const declarations: Package;
/** Names of what has to be made all at once. */
export declare const together: readonly string[];
`;

/**
 * The descriptors of protobuf itself are of an older syntax, whose rules protobuf.js hands down from one to the other; and
 * what extends them is to be there when they are.
 */
const standsTogether = ({ edition, extend }: Node) => edition !== undefined || extend !== undefined;

const at = (tree: Node, name: string): Node =>
  name.split('.').reduce((node, part) => (part === '' ? node : (node.nested?.[part] ?? node)), tree);

const isPackage = ({ fields, values, methods, type, oneof }: Node) => !(fields ?? values ?? methods ?? type ?? oneof);

function collectNames(node: Node, path: string, names: Set<string>): void {
  for (const [name, child] of Object.entries(node.nested ?? {})) {
    if (!isPackage(child)) names.add(`${path}.${name}`);
    collectNames(child, `${path}.${name}`, names);
  }
}

/** Each thing has a line of its own, so that a change in the protos is a readable diff. */
function emitPackage({ options, nested }: Node, path: string, names: ReadonlySet<string>): string {
  const lines = Object.entries(nested ?? {}).map(([name, child]) => {
    const scope = `${path}.${name}`;
    const text = isPackage(child)
      ? emitPackage(child, scope, names)
      : quoted(JSON.stringify(absolute(child, scope, names)));
    return `${name}: ${text},\n`;
  });
  return `{ ${options === undefined ? '' : `options: ${JSON.stringify(options)}, `}declares: {\n${lines.join('')}} }`;
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** The declaration with every name in it absolute: names that are looked up from where they stand would wake their neighbours. */
function absolute(node: Node, scope: string, names: ReadonlySet<string>): Node {
  const at = (type: string) => resolve(type, scope, names);
  const each = <T>(all: Readonly<Record<string, T>>, change: (one: T, name: string) => T) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one, name)]));
  const { fields, methods, nested, extend, type } = node;
  return {
    ...node,
    ...(fields && { fields: each(fields, (field) => ({ ...field, type: at(field.type) })) }),
    ...(methods && {
      methods: each(methods, (method) => ({
        ...method,
        requestType: at(method.requestType),
        responseType: at(method.responseType),
      })),
    }),
    ...(nested && { nested: each(nested, (child, name) => absolute(child, `${scope}.${name}`, names)) }),
    ...(type !== undefined && { type: at(type) }),
    ...(extend !== undefined && { extend: at(extend) }),
  };
}

/** Protobuf scoping: the innermost scope that knows the name wins. */
function resolve(type: string, scope: string, names: ReadonlySet<string>): string {
  if (scalars.has(type)) return type;
  if (type.startsWith('.')) return type;
  for (let outer = scope; ; outer = outer.slice(0, outer.lastIndexOf('.'))) {
    if (names.has(`${outer}.${type}`)) return `${outer}.${type}`;
    if (outer === '') throw new Error(`${scope} refers to ${type}, which is not there`);
  }
}

if (import.meta.main) {
  const folder = new URL('src/generated/', import.meta.url);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of generate()) writeFileSync(new URL(name, folder), text);
}
