/** What arguments of a command mean for a server in this process. */
export interface ExtraArgs {
  readonly dynamicConfig: readonly (readonly [key: string, value: unknown])[];
  /** Names of types by name of attribute. */
  readonly searchAttributes: Readonly<Record<string, string>>;
  readonly namespaces: readonly string[];
}

/** Followed by a value; they say how a process logs, looks or stores, which is nothing to a server in this one. */
const immaterial: ReadonlySet<string> = new Set([
  '--log-level',
  '--log-format',
  '--log-config',
  '--headless',
  '--sqlite-pragma',
  '--ui-port',
  '--ui-ip',
  '--ui-asset-path',
  '--ui-codec-endpoint',
  '--metrics-port',
  '--http-port',
]);
const alone: ReadonlySet<string> = new Set(['--headless', '--log-config']);

/**
 * Reads `--name value` and `--name=value`.
 *
 * @throws TypeError for an argument that is unknown here, or lacks its value
 */
export function readExtraArgs(args: readonly string[]): ExtraArgs {
  const read = {
    dynamicConfig: [] as [string, unknown][],
    searchAttributes: {} as Record<string, string>,
    namespaces: [] as string[],
  };
  for (const [name, value] of pairs(args)) {
    if (immaterial.has(name)) continue;
    if (name === '--namespace') read.namespaces.push(value);
    else if (name === '--dynamic-config-value') read.dynamicConfig.push(setting(value));
    else if (name === '--search-attribute') {
      const [attribute, type] = split(name, value);
      read.searchAttributes[attribute] = type;
    } else throw new TypeError(`The server in this process does not know the argument ${name}`);
  }
  return read;
}

function pairs(args: readonly string[]): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const at = arg.indexOf('=');
    if (at > 0) found.push([arg.slice(0, at), arg.slice(at + 1)]);
    else if (alone.has(arg)) found.push([arg, '']);
    else {
      const value = args[++i];
      if (value === undefined) throw new TypeError(`${arg} is to be followed by its value`);
      found.push([arg, value]);
    }
  }
  return found;
}

function split(name: string, pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new TypeError(`${name} is to be followed by NAME=VALUE, not ${JSON.stringify(pair)}`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function setting(pair: string): [string, unknown] {
  const [key, json] = split('--dynamic-config-value', pair);
  try {
    return [key, JSON.parse(json) as unknown];
  } catch {
    throw new TypeError(`--dynamic-config-value ${key}: ${json} is no JSON`);
  }
}
