/**
 * Pure folders hold decisions: the same input must give the same output, on real time, on a virtual clock and in a
 * replay. This gate finds what would break that: clocks, randomness, asynchrony, the process and the outside world.
 */
import type { Fault, Node } from './sources.ts';
import { childrenOf, isTestCode, lineAt, parseSource, readSource, report, sourceFiles } from './sources.ts';

const pureFolders = [
  'server/src/engine/',
  'server/src/validation/',
  'server/src/kernel/',
  'server/src/visibility/',
  'sdk/worker/src/replay/',
];

/** The real ends of the ports, the only files of the kernel that may touch the machine. */
const ports = new Set(['server/src/kernel/real-clock.ts', 'server/src/kernel/real-random.ts']);

const bannedGlobals = new Set([
  'Promise',
  'Worker',
  'WebSocket',
  'XMLHttpRequest',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'eval',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

const bannedMembers = new Set(['Date.now', 'Math.random', 'Temporal.Now', 'Atomics.wait', 'Atomics.waitAsync']);

/** What may be imported from Node: computing, never asking. `null` means every name. */
const allowedModules = new Map<string, ReadonlySet<string> | null>([
  ['node:assert', null],
  ['node:assert/strict', null],
  ['node:buffer', new Set(['Buffer'])],
  ['node:crypto', new Set(['createHash', 'hash'])],
]);

export function isPure(file: string): boolean {
  return pureFolders.some((folder) => file.startsWith(folder)) && !isTestCode(file) && !ports.has(file);
}

/** The impurities of one source text. */
export function impurities(file: string, text: string): Fault[] {
  const parsed = parseSource(file, text);
  const faults: Fault[] = [];
  const fault = (offset: number, message: string) => faults.push({ file, line: lineAt(text, offset), message });

  for (const { moduleRequest, entries } of parsed.module.staticImports) {
    const refusal = importRefusal(
      moduleRequest.value,
      entries.map((entry) => entry.importName.name ?? '*'),
    );
    if (refusal) fault(moduleRequest.start, refusal);
  }
  const pending: Node[] = [parsed.program];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const message = impurity(node);
    if (message) fault(node.start, `${message} in a pure folder`);
    for (const child of childrenOf(node)) if (!isName(node, child)) pending.push(child);
  }
  return faults.sort((a, b) => a.line - b.line);
}

function importRefusal(module: string, names: readonly string[]): string | undefined {
  if (!module.startsWith('node:')) return undefined;
  const allowed = allowedModules.get(module);
  if (allowed === null) return undefined;
  const refused = allowed ? names.filter((name) => !allowed.has(name)) : names;
  if (allowed && refused.length === 0) return undefined;
  return `${refused.join(', ') || 'a side effect'} of ${module} in a pure folder`;
}

function impurity(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return bannedGlobals.has(node.name) ? node.name : undefined;
    case 'MemberExpression': {
      const member = memberName(node);
      return member && bannedMembers.has(member) ? member : undefined;
    }
    case 'NewExpression':
      return isNamed(node.callee, 'Date') && node.arguments.length === 0 ? 'new Date() without a time' : undefined;
    case 'CallExpression':
      return isNamed(node.callee, 'Date') ? 'Date()' : undefined;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.async ? 'async' : undefined;
    case 'AwaitExpression':
      return 'await';
    case 'ForOfStatement':
      return node.await ? 'for await' : undefined;
    case 'ImportExpression':
      return 'import()';
    default:
      return undefined;
  }
}

function memberName(node: Node & { type: 'MemberExpression' }): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  if (node.property.type === 'Identifier' && !node.computed) return `${node.object.name}.${node.property.name}`;
  if (node.property.type === 'Literal') return `${node.object.name}.${node.property.value}`;
  return undefined;
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** Whether a child is only the name of a member or property: `state.process` is no use of the process. */
function isName(parent: Node, child: Node): boolean {
  if ('computed' in parent && parent.computed) return false;
  if (parent.type === 'MemberExpression') return parent.property === child;
  return 'key' in parent && parent.key === child;
}

if (import.meta.main)
  report(
    'pure',
    sourceFiles()
      .filter(isPure)
      .flatMap((file) => impurities(file, readSource(file))),
  );
