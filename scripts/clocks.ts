/**
 * One clock. A server may run on time that is skipped, so everything in it that has to do with time asks the clock that it
 * was handed. This gate finds what would ask the machine instead.
 */
import type { Fault, Node } from './sources.ts';
import { childrenOf, isTestCode, lineAt, parseSource, readSource, report, sourceFiles } from './sources.ts';

/** Files, or folders of them, that go by the time of the machine. */
const exceptions: readonly { readonly under: string; readonly because: string }[] = [
  { under: 'server/src/kernel/real-clock.ts', because: 'it is the clock of the machine' },
  {
    under: 'server/src/rpc/transport/',
    because: 'deadlines, idle connections and what is given up are affairs of the callers, who live by real time',
  },
  {
    under: 'server/src/storage/sqlite/small-commits.ts',
    because: 'how long a disk takes for a sync is measured, and nothing but the choice of a thread follows from it',
  },
];

const ofGlobals = new Set(['setInterval', 'setTimeout', 'performance']);
const ofMembers = new Set(['Date.now', 'AbortSignal.timeout', 'Temporal.Now', 'process.hrtime', 'process.uptime']);
const ofModules = new Set(['node:timers', 'node:timers/promises', 'node:perf_hooks']);

export const isBoundToClock = (file: string): boolean =>
  file.startsWith('server/src/') &&
  !isTestCode(file) &&
  !file.endsWith('.contract.ts') &&
  !file.startsWith('server/src/storage/contract-suite/') &&
  !exceptions.some(({ under }) => file.startsWith(under));

/** Where a source text asks the machine for the time. */
export function otherClocks(file: string, text: string): Fault[] {
  const parsed = parseSource(file, text);
  const faults: Fault[] = [];
  const fault = (offset: number, what: string) =>
    faults.push({ file, line: lineAt(text, offset), message: `${what} is another clock: use the one handed in` });
  for (const { moduleRequest } of parsed.module.staticImports)
    if (ofModules.has(moduleRequest.value)) fault(moduleRequest.start, moduleRequest.value);
  const pending: Node[] = [parsed.program];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const what = otherClock(node);
    if (what) fault(node.start, what);
    for (const child of childrenOf(node)) if (!isName(node, child)) pending.push(child);
  }
  return faults.sort((a, b) => a.line - b.line);
}

function otherClock(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return ofGlobals.has(node.name) ? node.name : undefined;
    case 'MemberExpression': {
      const name = memberName(node);
      return name !== undefined && ofMembers.has(name) ? name : undefined;
    }
    case 'NewExpression':
      return isDate(node.callee) && node.arguments.length === 0 ? 'new Date()' : undefined;
    case 'CallExpression':
      return isDate(node.callee) ? 'Date()' : undefined;
    default:
      return undefined;
  }
}

function memberName(node: Node & { type: 'MemberExpression' }): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  if (node.property.type === 'Identifier' && !node.computed) return `${node.object.name}.${node.property.name}`;
  return node.property.type === 'Literal' ? `${node.object.name}.${node.property.value}` : undefined;
}

const isDate = (node: Node): boolean => node.type === 'Identifier' && node.name === 'Date';

/** Whether a child is only the name of a member or property. */
function isName(parent: Node, child: Node): boolean {
  if ('computed' in parent && parent.computed) return false;
  return parent.type === 'MemberExpression' ? parent.property === child : 'key' in parent && parent.key === child;
}

if (import.meta.main)
  report(
    'clocks',
    sourceFiles()
      .filter(isBoundToClock)
      .flatMap((file) => otherClocks(file, readSource(file))),
  );
