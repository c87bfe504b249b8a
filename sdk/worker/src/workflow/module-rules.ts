/**
 * Which modules workflow code may import. What can touch the outside world would break determinism.
 */
import { builtinModules } from 'node:module';

/** Modules of Node.js of which workflow code gets the part that is deterministic. */
export const allowedBuiltinModules = ['assert', 'url', 'util'];
export const disallowedBuiltinModules = builtinModules.filter((module) => !allowedBuiltinModules.includes(module));

/** Packages that work outside of workflows, by their names in this SDK and in the official one. */
const outside = ['activity', 'client', 'worker', 'testing', 'common/lib/internal-non-workflow'];

/** What may not be imported: Node's modules, and packages that work outside of workflows. */
export const disallowedModules = [
  ...disallowedBuiltinModules,
  ...outside.flatMap((name) => [`@perdure/${name}`, `@temporalio/${name}`]),
  '@perdure/transport',
  '@perdure/embedded',
  '@temporalio/core-bridge',
  ...['interceptors-opentelemetry', 'interceptors-opentelemetry-v2'].flatMap((name) => [
    `@temporalio/${name}/lib/client`,
    `@temporalio/${name}/lib/worker`,
  ]),
];

/** Whether a module is one of those named, or lies inside of one. */
export function moduleMatches(userModule: string, modules: readonly string[]): boolean {
  return modules.some((module) => userModule === module || userModule.startsWith(`${module}/`));
}

/** A module's name without the scheme that Node's own may have. */
export function bareName(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
}

/**
 * The package of this SDK that takes the place of an official one, so that libraries which were written for that one
 * work; for other modules, their own name.
 */
export function ownName(specifier: string): string {
  return specifier
    .replace(/^@temporalio\/(?=(workflow|common)(\/|$))/, '@perdure/')
    .replace(/(?<=^@perdure\/.*)\.js$/, '');
}

/** A module that must not be imported, and the files that led to it, the nearest first. */
export type Refused = { readonly module: string; readonly chain: readonly string[] };

/** Says what must not be imported, who imports it, and what to do. */
export function refusal(refused: readonly Refused[]): Error {
  const lines = refused.map(
    ({ module, chain }) => `  - '${module}'\n${chain.map((file) => `      imported by ${file}\n`).join('')}`,
  );
  return new Error(
    `Your Workflow code (or a library used by your Workflow code) is importing the following disallowed modules:\n${lines.join('')}` +
      `They may make a Workflow do something else when it is replayed.\n` +
      `HINT: Take what a Workflow needs of Activities with \`import type\`, and move what ` +
      `talks to the outside world into Activities. If the module is imported but never used by Workflow code, name it in ` +
      `'bundlerOptions.ignoreModules'.`,
  );
}
