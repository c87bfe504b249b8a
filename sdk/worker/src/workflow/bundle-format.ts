/**
 * What a bundle's text looks like.
 *
 *   ({ perdure: '0.1.0',
 *     run: function (globalThis, require, module, exports) { …the user's modules… },
 *     shared: function (require, module, exports) { …the SDK, and modules to be preloaded… } })
 *   //# sourceMappingURL=…
 *
 * `shared` is evaluated once for a context, `run` once for every run: its parameters give each run a `globalThis` of
 * its own, and the `shared` modules. The version is that of this package: it calls the SDK in the bundle, and is called
 * by it, in ways that change from one version to the next.
 */
import { createHash } from 'node:crypto';
import { pkg } from '../pkg.ts';

const { version } = pkg;
const runHead = `({ perdure: '${version}', run: function (globalThis, require, module, exports) {\n`;
const sharedHead = '}, shared: function (require, module, exports) {\n';
const end = '} })\n';
const mapMark = '//# sourceMappingURL=data:application/json;base64,';

/** One part of a bundle as the bundler made it, with the map of its lines. */
export type Chunk = { readonly code: string; readonly sourceMap: string };

/** Puts a bundle together. The first section of its map is that of the user's modules. */
export function composeBundle(run: Chunk, shared: Chunk): string {
  const text = `${runHead}${run.code}${sharedHead}`;
  const map = {
    version: 3,
    sections: [
      { offset: { line: 1, column: 0 }, map: JSON.parse(run.sourceMap) },
      { offset: { line: text.split('\n').length - 1, column: 0 }, map: JSON.parse(shared.sourceMap) },
    ],
  };
  return `${text}${shared.code}${end}${mapMark}${Buffer.from(JSON.stringify(map)).toString('base64')}\n`;
}

export type ParsedBundle = {
  readonly code: string;
  /** The source map as JSON, or empty. */
  readonly sourceMap: string;
  /** A name by which stack traces are known to be of this bundle. */
  readonly filename: string;
};

/** Takes a bundle apart. Throws if it was not made by this version of the package. */
export function parseBundle(text: string): ParsedBundle {
  const [start, madeBy = 'another version'] = /^\(\{ perdure: (?:'([^']+)'|\d+),/.exec(text) ?? [];
  if (start === undefined || madeBy !== version) {
    const hint = text.includes('__TEMPORAL__') ? ' It looks like one of the official SDK.' : '';
    const found = start
      ? `This Workflow bundle was made by ${madeBy} of @perdure/worker, and this is ${version}.`
      : `This is no Workflow bundle of this SDK.${hint}`;
    throw new Error(`${found} Make it with bundleWorkflowCode of the @perdure/worker that is to run it.`);
  }
  const at = text.lastIndexOf(mapMark);
  const code = at === -1 ? text : text.slice(0, at);
  const encoded = at === -1 ? '' : text.slice(at + mapMark.length).trim();
  const filename = `workflow-bundle-${createHash('sha1').update(code).digest('hex').slice(0, 20)}.js`;
  return { code, sourceMap: Buffer.from(encoded, 'base64').toString(), filename };
}
