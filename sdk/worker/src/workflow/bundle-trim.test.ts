import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trimNames, trimRun } from './bundle-trim.ts';

/** What is left, without the spaces that keep columns. */
const left = (code: string, trim = trimNames) => {
  const trimmed = trim(code);
  assert.deepEqual(
    trimmed.split('\n').map(({ length }) => length),
    code.split('\n').map(({ length }) => length),
  );
  return trimmed.replaceAll(/ +/g, ' ').trim();
};

test('names that functions have by themselves are not given', () => {
  assert.equal(left('__name(charge, "charge");'), '');
  assert.equal(left('const f = /* @__PURE__ */ __name(() => 1, "f");'), 'const f = /* @__PURE__ */ (() => 1 );');
  assert.equal(left('  f: /* @__PURE__ */ __name((a) => a, "f"),'), 'f: /* @__PURE__ */ ((a) => a ),');
  assert.equal(
    left('let $ = /* @__PURE__ */ __name(async () => {\n  g(a, "$");\n\n}, "$");'),
    'let $ = /* @__PURE__ */ (async () => {\n g(a, "$");\n\n} );',
  );
});

for (const code of [
  '__name(charge2, "charge");',
  'const f2 = /* @__PURE__ */ __name(() => 1, "f");',
  'a.f = /* @__PURE__ */ __name(() => 1, "f");',
  'g({ f: /* @__PURE__ */ __name(() => 1, "f") });',
  'const f = /* @__PURE__ */ __name(() => `\n`, "f");',
  'const f = /* @__PURE__ */ __name(() => {\n`\n}, "f");`;\n}, "f").bind();',
])
  test(`names are given where they are not: ${JSON.stringify(code)}`, () => assert.equal(trimNames(code), code));

test('exports are made by the isolate, unless more are added to them', () => {
  const code =
    'var a_exports = {};\n__export(a_exports, {\n  a: () => a\n});\nexports.workflows = () => (i(), __toCommonJS(a_exports));';
  const trimmed = trimRun(code).replaceAll(/[ \n]+/g, ' ');
  assert.equal(
    trimmed,
    'var a_exports = require.exports({ a: () => a }); exports.workflows = () => (i(), a_exports );',
  );
  const reexported = `${code}\n__reExport(a_exports, b);`;
  assert.equal(trimRun(reexported), reexported);
});
