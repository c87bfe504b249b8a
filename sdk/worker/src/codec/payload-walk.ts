/**
 * Finds the payloads of a message, wherever they are in it, and puts others in their place. What to look at is read from
 * the messages' descriptors, so that fields that are added to the API are found as well.
 */
import { temporal } from '@perdure/proto';
import type { Field, Type } from 'protobufjs';

export type Payload = temporal.api.common.v1.IPayload;

export interface Walker<Context> {
  /** Returns what to put in the place of payloads that belong together. */
  transform(payloads: Payload[], context: Context): Promise<Payload[]>;
  /** The context of what is in a message. Default: that of the message around it. */
  contextOf?(message: object, typeName: string, context: Context): Context;
  /** Whether to look into a field. Default: into all. */
  enter?(typeName: string, fieldName: string): boolean;
}

type Step = {
  readonly name: string;
  readonly holds: 'payload' | 'any' | Type;
  readonly shape: 'one' | 'list' | 'map';
};

/** Messages of other types as bytes with their type's name; of those the messages of updates hold payloads. */
const ANY = 'google.protobuf.Any';
const PAYLOAD = 'temporal.api.common.v1.Payload';
/** The server reads search attributes: nobody changes them. */
const untouched = 'temporal.api.common.v1.SearchAttributes';

const { update } = temporal.api;
const bodies: Readonly<Record<string, Type>> = {
  'temporal.api.update.v1.Request': asType(update.v1.Request),
  'temporal.api.update.v1.Acceptance': asType(update.v1.Acceptance),
  'temporal.api.update.v1.Rejection': asType(update.v1.Rejection),
  'temporal.api.update.v1.Response': asType(update.v1.Response),
};

/** The messages of `@perdure/proto` are reflection types, although their declarations only show static members. */
export function asType(message: unknown): Type {
  return message as Type;
}

const plans = new Map<Type, readonly Step[]>();

/** Changes `message`, a decoded message of this type, in place. */
export async function walk<Context>(
  message: object,
  type: Type,
  walker: Walker<Context>,
  context: Context,
): Promise<void> {
  const pending: Promise<void>[] = [];
  visitMessage(message as Message, type, walker, context, pending);
  await Promise.all(pending);
}

type Message = Record<string, unknown>;

function visitMessage<Context>(
  message: Message,
  type: Type,
  walker: Walker<Context>,
  around: Context,
  pending: Promise<void>[],
): void {
  const typeName = nameOf(type);
  const context = walker.contextOf?.(message, typeName, around) ?? around;
  for (const step of planOf(type)) {
    const value = message[step.name];
    if (value === null || value === undefined || !(walker.enter?.(typeName, step.name) ?? true)) continue;
    if (step.holds === 'payload' && step.shape === 'list')
      pending.push(replaceAll(message, step.name, walker, context));
    else visitField(message, step, walker, context, pending);
  }
}

/** One message or payload, or those of a list or a map, which belong together no more than being there. */
function visitField<Context>(
  message: Message,
  { name, holds, shape }: Step,
  walker: Walker<Context>,
  context: Context,
  pending: Promise<void>[],
): void {
  const holder = shape === 'one' ? message : (message[name] as Message);
  const keys = shape === 'one' ? [name] : Object.keys(holder);
  for (const key of keys) {
    if (holds === 'payload') pending.push(replaceOne(holder, key, walker, context));
    else if (holds === 'any') pending.push(visitAny(holder[key] as AnyMessage, walker, context));
    else visitMessage(holder[key] as Message, holds, walker, context, pending);
  }
}

async function replaceAll<Context>(
  holder: Message,
  name: string,
  walker: Walker<Context>,
  context: Context,
): Promise<void> {
  const list = holder[name] as Payload[];
  if (list.length > 0) holder[name] = await walker.transform(list, context);
}

async function replaceOne<Context>(
  holder: Message,
  key: string,
  walker: Walker<Context>,
  context: Context,
): Promise<void> {
  [holder[key]] = await walker.transform([holder[key] as Payload], context);
}

interface AnyMessage {
  type_url?: string | null;
  value?: Uint8Array | null;
}

async function visitAny<Context>(any: AnyMessage, walker: Walker<Context>, context: Context): Promise<void> {
  const type = bodies[any.type_url?.replace(/^.*\//, '') ?? ''];
  if (!type || !any.value) return;
  const body = type.decode(any.value);
  await walk(body, type, walker, context);
  any.value = type.encode(body).finish();
}

function planOf(type: Type): readonly Step[] {
  const known = plans.get(type);
  if (known) return known;
  const steps = type.fieldsArray.flatMap((field) => stepOf(field) ?? []);
  plans.set(type, steps);
  return steps;
}

function stepOf(field: Field): Step | undefined {
  const type = messageOf(field);
  if (!type || !holdsPayloads(type)) return undefined;
  const name = nameOf(type);
  const holds = name === PAYLOAD ? 'payload' : name === ANY ? 'any' : type;
  return { name: field.name, holds, shape: field.map ? 'map' : field.repeated ? 'list' : 'one' };
}

/** Whether there can be payloads anywhere in a message of this type. Types may contain themselves. */
function holdsPayloads(type: Type, seen = new Set<Type>()): boolean {
  const name = nameOf(type);
  if (name === PAYLOAD || name === ANY) return true;
  if (name === untouched || seen.has(type)) return false;
  seen.add(type);
  return type.fieldsArray.some((field) => {
    const inner = messageOf(field);
    return inner !== undefined && holdsPayloads(inner, seen);
  });
}

function messageOf(field: Field): Type | undefined {
  const { resolvedType } = field.resolve();
  return resolvedType && 'fieldsArray' in resolvedType ? resolvedType : undefined;
}

const names = new Map<Type, string>();

/** Full name without the leading dot. */
function nameOf(type: Type): string {
  let name = names.get(type);
  if (name === undefined) {
    name = type.fullName.slice(1);
    names.set(type, name);
  }
  return name;
}
