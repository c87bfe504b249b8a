import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import {
  assertNever,
  errorCode,
  errorMessage,
  hasOwnProperty as hasMember,
  hasOwnProperties,
  isAbortError,
  isError,
  isRecord,
  SymbolBasedInstanceOfError,
} from './type-helpers.ts';

describe('an error that is told by a mark', () => {
  class Marked extends Error {
    static {
      SymbolBasedInstanceOfError<Marked>('Marked')(Marked);
    }
  }
  class Below extends Marked {
    static {
      SymbolBasedInstanceOfError<Below>('Below')(Below);
    }
  }
  class Unmarked extends Marked {}

  test('has the name of its mark', () => {
    assert.equal(new Marked('m').name, 'Marked');
    assert.equal(String(new Below('m')), 'Below: m');
  });

  test('is recognized as one made by another copy of its class', () => {
    class Copy extends Error {}
    SymbolBasedInstanceOfError<Copy>('Marked')(Copy);
    assert.ok(new Copy('m') instanceof Marked);
    assert.ok(new Marked('m') instanceof Copy);
  });

  test('is recognized across realms', () => {
    const foreign: unknown = runInNewContext(`({ [Symbol.for('__temporal_isMarked')]: true })`);
    assert.ok(foreign instanceof Marked);
    assert.ok(!(foreign instanceof Error));
  });

  test('is one of its base class, and not the other way round', () => {
    assert.ok(new Below('m') instanceof Marked);
    assert.ok(!(new Marked('m') instanceof Below));
  });

  test('is not one of a subclass without a mark', () => {
    assert.ok(new Unmarked('m') instanceof Unmarked);
    assert.ok(new Unmarked('m') instanceof Marked);
    assert.ok(!(new Marked('m') instanceof Unmarked));
  });

  test('is nothing that is no object', () => {
    for (const value of [undefined, null, 1, 'Marked', {}]) assert.ok(!((value as unknown) instanceof Marked));
  });
});

test('an error is what looks like one', () => {
  assert.ok(isError(new TypeError('x')));
  assert.ok(isError({ name: 'Own', message: 'm' }));
  assert.ok(!isError({ name: 'Own', message: 5 }));
  assert.ok(!isError({ name: 'Own', message: 'm', stack: 5 }));
  assert.ok(!isError('text'));
  assert.ok(isAbortError(AbortSignal.abort().reason));
  assert.ok(!isAbortError(new Error('x')));
});

test('messages and codes are found where there are any', () => {
  assert.equal(errorMessage(new Error('m')), 'm');
  assert.equal(errorMessage('text'), 'text');
  assert.equal(errorMessage(5), undefined);
  assert.equal(errorCode({ code: 'ENOENT' }), 'ENOENT');
  assert.equal(errorCode({ code: 5 }), undefined);
  assert.equal(errorCode(undefined), undefined);
});

test('records and their members', () => {
  assert.ok(isRecord({}) && !isRecord(null) && !isRecord('x'));
  assert.ok(hasMember({ a: 1 }, 'a') && !hasMember({}, 'a'));
  assert.ok(hasOwnProperties({ a: 1, b: 2 }, ['a', 'b']) && !hasOwnProperties({ a: 1 }, ['a', 'b']));
});

test('what cannot be says so', () => {
  assert.throws(() => assertNever('Unexpected kind', 'odd' as never), new TypeError('Unexpected kind: odd'));
});
