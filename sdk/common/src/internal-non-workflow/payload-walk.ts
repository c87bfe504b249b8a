import type protobuf from 'protobufjs/light.js';
import type { Payload } from '../interfaces.ts';

/**
 * Walking a message to every payload in it. Where payloads can be is read off the messages' own descriptions, once per
 * type and only along the ways that can lead to one.
 */
export interface WalkEnv<Ctx> {
  /** For a field, or an entry of a map, that holds one payload. */
  transformPayload(payload: Payload, context: Ctx): Promise<Payload>;
  /** For a field that holds a list. The list that comes out may have any length. */
  transformPayloads(payloads: Payload[], context: Ctx): Promise<Payload[]>;
  /** The context for what is inside a message, asked on entering it. */
  deriveContext?: ((message: object, typeName: string, context: Ctx) => Ctx) | undefined;
  skipHeaders: boolean;
  skipSearchAttributes: boolean;
}

/** Starts the transformation of every payload, whose result is put in its place. The caller awaits the promises. */
export type Walk<Message> = <Ctx>(root: Message, env: WalkEnv<Ctx>, context: Ctx) => Promise<unknown>[];

type Holder = Record<string, unknown>;

/** Where in a message payloads are, or messages with payloads in them. */
type Site = { readonly field: string; readonly shape: 'one' | 'list' | 'map'; readonly into: Plan | 'payload' };
type Plan = { readonly typeName: string; sites: readonly Site[] };

const payloadName = '.temporal.api.common.v1.Payload';

/** A walk over messages of this type, one of `@perdure/proto`. */
export function walkOf<Message>(type: unknown): Walk<Message> {
  let plan: Plan | undefined;
  return (root, env, context) => {
    plan ??= planOf(type as protobuf.Type);
    const pending: Promise<unknown>[] = [];
    walk(root as Holder, plan, env, context, pending);
    return pending;
  };
}

function walk<Ctx>(message: Holder, plan: Plan, env: WalkEnv<Ctx>, outer: Ctx, pending: Promise<unknown>[]): void {
  const context = env.deriveContext ? env.deriveContext(message, plan.typeName, outer) : outer;
  for (const { field, shape, into } of plan.sites) {
    const value = message[field];
    if (value == null) continue;
    if (field === 'headers' && env.skipHeaders) continue;
    if (field === 'searchAttributes' && env.skipSearchAttributes) continue;
    if (into === 'payload') {
      transform(message, field, shape, env, context, pending);
    } else if (shape === 'one') {
      walk(value as Holder, into, env, context, pending);
    } else {
      const messages = shape === 'list' ? (value as Holder[]) : Object.values(value as Record<string, Holder>);
      for (const inner of messages) walk(inner, into, env, context, pending);
    }
  }
}

function transform<Ctx>(
  message: Holder,
  field: string,
  shape: Site['shape'],
  env: WalkEnv<Ctx>,
  context: Ctx,
  pending: Promise<unknown>[],
): void {
  const put = (into: Holder, key: string) => (result: unknown) => {
    into[key] = result;
  };
  if (shape === 'list') {
    const payloads = message[field] as Payload[];
    if (payloads.length > 0) pending.push(env.transformPayloads(payloads, context).then(put(message, field)));
  } else if (shape === 'one') {
    pending.push(env.transformPayload(message[field] as Payload, context).then(put(message, field)));
  } else {
    const map = message[field] as Record<string, Payload>;
    for (const [key, payload] of Object.entries(map)) {
      pending.push(env.transformPayload(payload, context).then(put(map, key)));
    }
  }
}

/** Plans by type. One is entered before its sites are known, since failures have failures as causes. */
const plans = new Map<protobuf.Type, Plan>();
const bearing = new Map<protobuf.Type, boolean>();

function planOf(type: protobuf.Type): Plan {
  const known = plans.get(type);
  if (known) return known;
  // Full names begin with a dot, which is no part of the name on the wire.
  const plan: Plan = { typeName: type.fullName.slice(1), sites: [] };
  plans.set(type, plan);
  plan.sites = messageFields(type)
    .filter(([, inner]) => bearsPayloads(inner))
    .map(([field, inner]) => ({
      field: field.name,
      shape: field.map ? 'map' : field.repeated ? 'list' : 'one',
      into: inner.fullName === payloadName ? 'payload' : planOf(inner),
    }));
  return plan;
}

/** Whether there can be payloads in messages of this type. What is packed into an `Any` counts as opaque. */
function bearsPayloads(type: protobuf.Type): boolean {
  const known = bearing.get(type);
  if (known !== undefined) return known;
  // Everything that can be reached bears payloads if a payload can be reached from there.
  const reached = new Set([type]);
  const referrers = new Map<protobuf.Type, protobuf.Type[]>();
  for (const from of reached) {
    if (from.fullName === payloadName) continue;
    for (const [, to] of messageFields(from)) {
      reached.add(to);
      referrers.set(to, [...(referrers.get(to) ?? []), from]);
    }
  }
  const marked = new Set([...reached].filter(({ fullName }) => fullName === payloadName));
  for (const to of marked) for (const from of referrers.get(to) ?? []) marked.add(from);
  for (const each of reached) bearing.set(each, marked.has(each));
  return marked.has(type);
}

function messageFields(type: protobuf.Type): [protobuf.Field, protobuf.Type][] {
  return type.fieldsArray.flatMap((field): [protobuf.Field, protobuf.Type][] => {
    const { resolvedType } = field.resolve();
    return isMessage(resolvedType) ? [[field, resolvedType]] : [];
  });
}

/** Told by the mark that protobuf.js puts on its classes, since there may be several copies of them. */
function isMessage(type: protobuf.ReflectionObject | null): type is protobuf.Type {
  return (type?.constructor as { className?: string } | undefined)?.className === 'Type';
}
