/** The scripted conversations, what was recorded of them, and what is known about how this server does in them. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Conversation } from './conversation.ts';

export interface Scenario {
  /** `theme/name`. */
  readonly id: string;
  readonly run: (t: Conversation) => Promise<void>;
  /** Paths of a transcript that are left out of the comparison. */
  readonly ignore: readonly RegExp[];
  /** Nothing else may run beside it. */
  readonly serial: boolean;
  /** Undefined for one that was never recorded. */
  readonly recorded: unknown;
}

type Written = Scenario['run'] | { run: Scenario['run']; ignore?: string[]; serial?: boolean };

/**
 * The scenarios that a filter names, all for none: `theme/` is a whole theme, any other text a part of `theme/name`.
 */
export async function loadScenarios(filter = ''): Promise<Scenario[]> {
  const scenarios: Scenario[] = [];
  const folder = path.join(import.meta.dirname, 'scenarios');
  for (const file of readdirSync(folder).sort()) {
    const theme = file.replace(/\.mjs$/, '');
    const module = (await import(pathToFileURL(path.join(folder, file)).href)) as { default: Record<string, Written> };
    const recordings = readJson<Record<string, unknown>>(`recordings/${theme}.json`) ?? {};
    for (const [name, written] of Object.entries(module.default)) {
      const id = `${theme}/${name}`;
      if (!(filter.endsWith('/') ? id.startsWith(filter) : id.includes(filter))) continue;
      const { run, ignore = [], serial = false } = typeof written === 'function' ? { run: written } : written;
      const patterns = ignore.map((pattern) => new RegExp(pattern));
      scenarios.push({ id, run, ignore: patterns, serial, recorded: recordings[name] });
    }
  }
  return scenarios;
}

/** What does not pass, and whether it is meant to one day. */
export interface Expectations {
  /** Not there yet. */
  readonly failing: ReadonlySet<string>;
  /** Different for a reason, by id. */
  readonly onPurpose: ReadonlyMap<string, string>;
}

const FAILING = 'expected-failures.json';

export function loadExpectations(): Expectations {
  const failing = readJson<Record<string, string[]>>(FAILING) ?? {};
  const onPurpose = readJson<Record<string, string>>('differs-on-purpose.json') ?? {};
  return {
    failing: new Set(Object.entries(failing).flatMap(([theme, names]) => names.map((name) => `${theme}/${name}`))),
    onPurpose: new Map(Object.entries(onPurpose)),
  };
}

/** Writes the list of what does not pass yet, by theme. */
export function saveFailing(ids: readonly string[]): void {
  const themes: Record<string, string[]> = {};
  for (const id of [...ids].sort()) {
    const slash = id.indexOf('/');
    const theme = id.slice(0, slash);
    themes[theme] = [...(themes[theme] ?? []), id.slice(slash + 1)];
  }
  writeFileSync(path.join(import.meta.dirname, FAILING), `${JSON.stringify(themes, null, 2)}\n`);
}

function readJson<T>(file: string): T | undefined {
  const at = path.join(import.meta.dirname, file);
  return existsSync(at) ? (JSON.parse(readFileSync(at, 'utf8')) as T) : undefined;
}
