import assert from 'node:assert/strict';
import { test } from 'node:test';
import official from '@temporalio/proto';
import type { Field, Namespace, NamespaceBase, Root, Type } from 'protobufjs';
import { createRoot } from './root.ts';

const theirs = official as unknown as Root;

type Members = Record<string, unknown>;
const nested = (namespace: Members) => (namespace['nested'] ?? {}) as Members;
const classOf = (value: unknown) =>
  (value as { constructor?: { className?: string } } | undefined)?.constructor?.className ?? typeof value;

test('everything is there that the official package has, under the same names', () => {
  const visit = (ours: Members, theirs: Members) => {
    assert.deepEqual(Object.keys(nested(ours)), Object.keys(nested(theirs)));
    for (const name of Object.keys(nested(theirs))) {
      const [our, their] = [ours[name], theirs[name]];
      assert.equal(classOf(our), classOf(their), name);
      assert.equal(classOf(nested(ours)[name]), classOf(nested(theirs)[name]), name);
      if (classOf(their) === 'Namespace') visit(our as Members, their as Members);
    }
  };
  visit(createRoot() as unknown as Members, official as unknown as Members);
});

test('what it tells of itself is what the official package tells, but for names being whole', () => {
  const names = new Set(['type', 'requestType', 'responseType', 'extend']);
  const told = (root: Root) =>
    JSON.parse(JSON.stringify(root, (key, value) => (names.has(key) && typeof value === 'string' ? '…' : value)));
  assert.deepEqual(told(createRoot()), told(theirs));
});

test('every name in it stands for what it stands for in the official package', () => {
  const ours = createRoot().resolveAll();
  theirs.resolveAll();
  const visit = (their: NamespaceBase) => {
    for (const inner of their.nestedArray) {
      if ('fieldsArray' in inner)
        for (const field of (inner as Type).fieldsArray) {
          const ourField: Field | undefined = (ours.lookup(inner.fullName) as Type).fields[field.name];
          assert.equal(ourField?.resolvedType?.fullName, field.resolvedType?.fullName, field.fullName);
          assert.deepEqual(ourField?.defaultValue, field.defaultValue, field.fullName);
          if (!field.declaringField) assert.equal(ourField?.packed, field.packed, field.fullName);
        }
      if ('nestedArray' in inner) visit(inner as Namespace);
    }
  };
  visit(theirs);
});

test('nothing is made before it is asked for', () => {
  const root = createRoot();
  const common = root.lookup('temporal.api.common.v1') as Namespace;
  const isMade = (name: string) => Object.getOwnPropertyDescriptor(common.nested, name)?.get === undefined;
  const Payload = (common as unknown as { readonly Payload: Type }).Payload;
  assert.deepEqual([isMade('Payload'), isMade('Payloads')], [true, false]);
  assert.deepEqual(Payload.decode(Payload.encode({ data: Buffer.from('x') }).finish()).toJSON(), { data: 'eA==' });
  assert.equal(isMade('Payloads'), false);
  assert.equal(root.lookupType('temporal.api.common.v1.Payloads').fields['payloads']?.resolve().resolvedType, Payload);
  assert.equal(isMade('Payloads'), true);
});

test("protobuf's own descriptors keep the rules of their syntax, and what extends them", () => {
  const root = createRoot();
  const options = root.lookupType('google.protobuf.MethodOptions');
  assert.ok(Object.hasOwn(options.fields, '.google.api.http'));
  const { label } = root.lookupType('google.protobuf.FieldDescriptorProto').fields;
  assert.equal(label?.resolve().hasPresence, true);
});
