import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { IndexedValueType, NamespaceState } from '@perdure/api/enums';
import { NamespaceNotFoundFailure } from '@perdure/api/errordetails';
import { Code, type ServiceError } from '../kernel/errors.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { DEFAULT_RETENTION_MS, newNamespace, openNamespaces } from './namespaces.ts';

const open = async () => {
  const storage = await openSqlite({ path: ':memory:' });
  return { storage, namespaces: await openNamespaces(storage) };
};

test('a namespace that could not be stored is not there', async () => {
  const { namespaces } = await open();
  const namespace = newNamespace('id', 'shop');
  namespaces.put(namespace);
  assert.equal(namespaces.find('shop')?.id, 'id');
  await namespaces.restore(namespace);
  assert.equal(namespaces.find('shop'), undefined);
  assert.equal(namespaces.view('id'), undefined);
  assert.deepEqual(namespaces.all(), []);
});

test('a namespace that was stored although the commit failed stays', async () => {
  const { storage, namespaces } = await open();
  const namespace = newNamespace('id', 'shop');
  await storage.commit({ runs: [], deletes: [], records: [namespaces.put(namespace)] });
  await namespaces.restore(namespace);
  assert.equal(namespaces.find('shop')?.id, 'id');
});

test('a change of a namespace that could not be stored is undone, unless there is a later one', async () => {
  const { storage, namespaces } = await open();
  const namespace = newNamespace('id', 'shop', { description: 'first' });
  await storage.commit({ runs: [], deletes: [], records: [namespaces.put(namespace)] });
  const second = { ...namespace, description: 'second' };
  namespaces.put(second);
  await namespaces.restore(second);
  assert.equal(namespaces.byName('shop').description, 'first');
  namespaces.put(second);
  namespaces.put({ ...namespace, description: 'third' });
  await namespaces.restore(second);
  assert.equal(namespaces.byName('shop').description, 'third');
});

describe('a namespace', () => {
  test('has everything that was left open filled in', () => {
    const namespace = newNamespace('id', 'name', { description: 'd' });
    const { state, retention, description } = namespace;
    assert.deepEqual([state, retention, description], [NamespaceState.REGISTERED, DEFAULT_RETENTION_MS, 'd']);
    assert.deepEqual([namespace.customSearchAttributes, namespace.badBinaries, namespace.data], [{}, {}, {}]);
  });

  test('that is put is found at once, by name and by id', async () => {
    const { namespaces } = await open();
    const namespace = newNamespace('id', 'name');
    namespaces.put(namespace);
    for (const found of [namespaces.byName('name'), namespaces.find('name'), namespaces.byId('id')])
      assert.equal(found, namespace);
  });

  test('that there is not is NOT_FOUND, with the detail that SDKs look for', async () => {
    const { namespaces } = await open();
    assert.throws(
      () => namespaces.byName('nowhere'),
      (error: ServiceError) => {
        assert.deepEqual([error.code, error.message], [Code.NOT_FOUND, 'Namespace nowhere is not found.']);
        const [detail] = error.details;
        assert.equal(NamespaceNotFoundFailure.decode(detail?.value ?? Buffer.of()).namespace, 'nowhere');
        return true;
      },
    );
    const found = [namespaces.find('nowhere'), namespaces.byId('nowhere'), namespaces.view('nowhere')];
    assert.deepEqual(found, Array(3).fill(undefined));
  });

  test('is there again after a restart, as it was stored', async () => {
    const { storage, namespaces } = await open();
    const namespace = newNamespace('id', 'name', {
      retention: 5,
      data: { k: 'v' },
      customSearchAttributes: { Color: IndexedValueType.KEYWORD },
    });
    await storage.commit({ runs: [], deletes: [], records: [namespaces.put(namespace)] });
    const again = await openNamespaces(storage);
    assert.deepEqual(again.byName('name'), namespace);
    assert.equal(again.view('id')?.searchAttributes.get('Color'), IndexedValueType.KEYWORD);
  });

  test('goes by its new name once it is renamed', async () => {
    const { namespaces } = await open();
    const namespace = newNamespace('id', 'old');
    namespaces.put(namespace);
    namespaces.put({ ...namespace, name: 'new' });
    const names = [namespaces.find('old'), namespaces.byName('new').id, namespaces.view('id')?.name];
    assert.deepEqual(names, [undefined, 'id', 'new']);
  });

  test('is listed in the order of the names', async () => {
    const { namespaces } = await open();
    for (const name of ['b', 'c', 'a']) namespaces.put(newNamespace(`id-${name}`, name));
    assert.deepEqual(
      namespaces.all().map(({ name }) => name),
      ['a', 'b', 'c'],
    );
  });
});

describe('what the engine sees of a namespace', () => {
  test('is kept up to date for the runs that hold it', async () => {
    const { namespaces } = await open();
    const namespace = newNamespace('id', 'name');
    namespaces.put(namespace);
    const view = namespaces.view('id');
    namespaces.put({ ...namespace, retention: 9, customSearchAttributes: { Size: IndexedValueType.INT } });
    assert.equal(namespaces.view('id'), view);
    assert.deepEqual([view?.retention, view?.searchAttributes.get('Size')], [9, IndexedValueType.INT]);
  });

  test('has the server’s own search attributes, whatever a client calls its own', async () => {
    const { namespaces } = await open();
    namespaces.put(newNamespace('id', 'name', { customSearchAttributes: { WorkflowId: IndexedValueType.INT } }));
    assert.equal(namespaces.view('id')?.searchAttributes.get('WorkflowId'), IndexedValueType.KEYWORD);
  });

  test('finds other namespaces by name', async () => {
    const { namespaces } = await open();
    namespaces.put(newNamespace('id', 'name'));
    namespaces.put(newNamespace('id-2', 'other'));
    const view = namespaces.view('id');
    assert.deepEqual([view?.idOf('other'), view?.idOf('nowhere')], ['id-2', undefined]);
  });
});
