/** Writes `src/generated` anew from the protos that `@temporalio/proto` publishes: `node api/generate.ts`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { closure } from './generator/closure.ts';
import type { Contract } from './generator/contract.ts';
import { readContract } from './generator/contract.ts';
import { emitTypes, emitValues } from './generator/emit.ts';
import { modulesOf } from './generator/names.ts';

/** The generated files: text by name, relative to `src/generated`. */
export function generate(): Map<string, string> {
  const contract = closure(readContract());
  const files = new Map<string, string>();
  for (const [module, names] of modulesOf(contract)) {
    files.set(`${module}.js`, emitValues(module, names, contract));
    files.set(`${module}.d.ts`, emitTypes(module, names, contract));
  }
  files.set('descriptors.json', emitDescriptors(contract));
  return files;
}

/** One line for each message and enum, so that a change in the protos is a readable diff. */
function emitDescriptors({ messages, enums }: Contract): string {
  const lines = (entries: Iterable<[string, unknown]>): string =>
    [...entries].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',\n');
  return `{"messages":{\n${lines(messages)}\n},"enums":{\n${lines(enums)}\n}}\n`;
}

if (import.meta.main) {
  const folder = new URL('src/generated/', import.meta.url);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of generate()) writeFileSync(new URL(name, folder), text);
}
