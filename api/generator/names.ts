import type { Contract } from './contract.ts';

/** Where a message, an enum or a service is exported from, and under which name. */
export interface Place {
  readonly module: string;
  readonly name: string;
}

/**
 * `temporal.api.common.v1.Payload.ExternalPayloadDetails` is `Payload_ExternalPayloadDetails` of module `common`;
 * `google.protobuf.Any` is `Any` of module `google-protobuf`.
 */
export function placeOf(fullName: string): Place {
  const parts = fullName.split('.');
  const first = parts.findIndex((part) => /^[A-Z]/.test(part));
  const packageParts = parts.slice(0, first);
  const name = parts.slice(first).join('_');
  if (packageParts.at(-1) === 'v1') packageParts.pop();
  const temporal = packageParts[0] === 'temporal' && packageParts[1] === 'api';
  return { module: (temporal ? packageParts.slice(2) : packageParts).join('-'), name };
}

/** Modules, sorted, with the full names that each one exports in the order they are declared. */
export function modulesOf(contract: Contract): Map<string, string[]> {
  const modules = new Map<string, string[]>();
  for (const fullName of [...contract.enums.keys(), ...contract.messages.keys(), ...contract.services.keys()]) {
    const { module } = placeOf(fullName);
    const names = modules.get(module) ?? [];
    names.push(fullName);
    modules.set(module, names);
  }
  return new Map([...modules].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `TaskQueueKind`, `TASK_QUEUE_KIND_STICKY` → `STICKY`; names that do not repeat their enum's stay as they are. */
export function enumMembers(enumName: string, values: Readonly<Record<string, number>>): [string, number][] {
  const entries = Object.entries(values);
  const prefix = `${enumName.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toUpperCase()}_`;
  if (entries.every(([name]) => name.startsWith(prefix))) {
    return entries.map(([name, value]) => [name.slice(prefix.length), value]);
  }
  const common = commonPrefix(entries.map(([name]) => name));
  return entries.map(([name, value]) => [name.slice(common.length), value]);
}

function commonPrefix(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  let length = rest.length === 0 ? 0 : first.length;
  for (const name of rest) while (!name.startsWith(first.slice(0, length))) length--;
  return first.slice(0, first.slice(0, length).lastIndexOf('_') + 1);
}
