import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { defaultPayloadConverter } from '../converter/composite.ts';
import { defaultFailureConverter } from '../converter/data-converter.ts';
import { isLoadedDataConverter, loadDataConverter } from './load-data-converter.ts';

describe('a data converter', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-converter-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const methods = '{ toPayload() { return {}; }, fromPayload() { return "own"; } }';

  test('without files is the default one', () => {
    const loaded = loadDataConverter();
    assert.equal(loaded.payloadConverter, defaultPayloadConverter);
    assert.equal(loaded.failureConverter, defaultFailureConverter);
    assert.deepEqual(loaded.payloadCodecs, []);
  });

  for (const [name, text] of [
    ['own.cjs', `exports.payloadConverter = ${methods};`],
    ['own.mjs', `export const payloadConverter = ${methods};`],
  ] as const) {
    test(`is loaded from ${name}`, () => {
      const loaded = loadDataConverter({ payloadConverterPath: write(name, text) });
      assert.equal(loaded.payloadConverter.fromPayload({}), 'own');
    });
  }

  test('brings its codecs along', () => {
    const payloadCodecs = [{ encode: async () => [], decode: async () => [] }];
    assert.equal(loadDataConverter({ payloadCodecs }).payloadCodecs, payloadCodecs);
  });

  test('is refused if there is no file', () => {
    assert.throws(() => loadDataConverter({ payloadConverterPath: '/no/such/file' }), {
      name: 'ValueError',
      message: "Could not find a file at the specified payloadConverterPath: '/no/such/file'.",
    });
  });

  test('is refused without the export', () => {
    const file = write('empty.cjs', 'exports.other = 1;');
    assert.throws(() => loadDataConverter({ failureConverterPath: file }), {
      name: 'ValueError',
      message: `Module ${file} does not have a \`failureConverter\` named export`,
    });
  });

  test('is refused if the export is no converter', () => {
    const file = write('odd.cjs', 'exports.failureConverter = { errorToFailure() {} };');
    assert.throws(() => loadDataConverter({ failureConverterPath: file }), {
      name: 'ValueError',
      message: `failureConverter export at ${file} must be an object with errorToFailure and failureToError methods`,
    });
  });

  test('whose file fails, fails with that', () => {
    const file = write('throws.cjs', 'throw new RangeError("mine");');
    assert.throws(() => loadDataConverter({ payloadConverterPath: file }), new RangeError('mine'));
  });

  test('is told from a loaded one', () => {
    assert.ok(isLoadedDataConverter(loadDataConverter()));
    assert.ok(!isLoadedDataConverter({ payloadConverterPath: 'x' }));
    assert.ok(!isLoadedDataConverter(undefined));
  });
});
