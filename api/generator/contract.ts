import root from '@temporalio/proto/protos/json-module.js';
import type { INamespace, IType } from 'protobufjs';
import type { EnumDescriptor, FieldDescriptor, MessageDescriptor } from '../src/schema.ts';

export interface Method {
  readonly name: string;
  readonly requestType: string;
  readonly responseType: string;
  readonly responseStream: boolean;
  /** The `google.api.http` annotation, as protobufjs parsed it. */
  readonly http: HttpRule | undefined;
}

export interface HttpRule {
  readonly [key: string]: string | HttpRule | readonly HttpRule[];
}

/** Everything that the published protos declare, by full name. */
export interface Contract {
  readonly messages: Map<string, MessageDescriptor>;
  readonly enums: Map<string, EnumDescriptor>;
  readonly services: Map<string, Method[]>;
}

interface MethodJson {
  readonly requestType: string;
  readonly responseType: string;
  readonly requestStream?: boolean;
  readonly responseStream?: boolean;
  readonly parsedOptions?: readonly { readonly '(google.api.http)'?: HttpRule }[];
}
type Node = INamespace & Partial<IType> & { values?: Record<string, number>; methods?: Record<string, MethodJson> };

/** Reads the reflection JSON of `@temporalio/proto`, with every type reference made absolute. */
export function readContract(): Contract {
  const contract: Contract = { messages: new Map(), enums: new Map(), services: new Map() };
  const tree = root.toJSON() as Node;
  const kinds = new Set<string>();
  collectNames(tree, '', kinds);
  visit(tree, '', kinds, contract);
  return contract;
}

function children(node: Node): [string, Node][] {
  return Object.entries((node.nested ?? {}) as Record<string, Node>);
}

function collectNames(node: Node, path: string, names: Set<string>): void {
  for (const [name, child] of children(node)) {
    const fullName = path === '' ? name : `${path}.${name}`;
    if (child.fields !== undefined || child.values !== undefined) names.add(fullName);
    collectNames(child, fullName, names);
  }
}

function visit(node: Node, path: string, names: ReadonlySet<string>, contract: Contract): void {
  for (const [name, child] of children(node)) {
    const fullName = path === '' ? name : `${path}.${name}`;
    const resolve = (type: string): string => resolveType(type, fullName, names);
    if (child.values !== undefined) contract.enums.set(fullName, child.values);
    if (child.fields !== undefined) contract.messages.set(fullName, message(child, resolve));
    if (child.methods !== undefined) contract.services.set(fullName, methods(child.methods, resolve));
    visit(child, fullName, names, contract);
  }
}

const scalars = new Set(
  'double float int32 uint32 sint32 fixed32 sfixed32 int64 uint64 sint64 fixed64 sfixed64 bool string bytes'.split(' '),
);

/** Protobuf scoping: the innermost scope that knows the name wins. */
function resolveType(type: string, scope: string, names: ReadonlySet<string>): string {
  if (scalars.has(type)) return type;
  if (type.startsWith('.')) return type.slice(1);
  for (let outer = scope; outer !== ''; outer = outer.slice(0, Math.max(0, outer.lastIndexOf('.')))) {
    if (names.has(`${outer}.${type}`)) return `${outer}.${type}`;
  }
  if (names.has(type)) return type;
  throw new Error(`${scope} refers to ${type}, which is not there`);
}

function message(node: Node, resolve: (type: string) => string): MessageDescriptor {
  const fields: Record<string, FieldDescriptor> = {};
  for (const [name, field] of Object.entries(node.fields ?? {})) {
    const { rule, keyType, protoName } = field as { rule?: string; keyType?: string; protoName?: string };
    fields[name] = {
      type: resolve(field.type),
      id: field.id,
      ...(rule === 'repeated' ? { rule } : {}),
      ...(keyType === undefined ? {} : { keyType }),
      ...((protoName ?? name) === snakeCase(name) ? {} : { protoName: protoName ?? name }),
    };
  }
  const oneofs = Object.entries(node.oneofs ?? {}).map(([name, { oneof }]) => [name, oneof] as const);
  return oneofs.length === 0 ? { fields } : { fields, oneofs: Object.fromEntries(oneofs) };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function methods(all: Record<string, MethodJson>, resolve: (type: string) => string): Method[] {
  return Object.entries(all).map(([name, json]) => {
    if (json.requestStream === true) throw new Error(`${name}: streams of requests are not provided for`);
    return {
      name,
      requestType: resolve(json.requestType),
      responseType: resolve(json.responseType),
      responseStream: json.responseStream === true,
      http: json.parsedOptions?.map((option) => option['(google.api.http)']).find((rule) => rule !== undefined),
    };
  });
}
