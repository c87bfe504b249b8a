import { readStartDevFlags, type StartDev, UsageError } from './start-dev-flags.ts';

/** Those of the official test server. */
const searchAttributes = {
  CustomStringField: 'Text',
  CustomTextField: 'Text',
  CustomKeywordField: 'Keyword',
  CustomIntField: 'Int',
  CustomDoubleField: 'Double',
  CustomBoolField: 'Bool',
  CustomDatetimeField: 'Datetime',
};

/** Reads `PORT [--enable-time-skipping]` and the flags of `server start-dev`. Throws `UsageError`. */
export function readTestServerArguments(words: readonly string[]): StartDev {
  const [port = '', ...flags] = words;
  if (!/^\d+$/.test(port))
    throw new UsageError(`test-server is to be followed by the port to listen on, not "${port}"`);
  const isUnlocked = (flag: string): boolean => flag.toLowerCase() === '--enable-time-skipping';
  const options = readStartDevFlags([...flags.filter((flag) => !isUnlocked(flag)), '--port', port]);
  return {
    ...options,
    searchAttributes: { ...searchAttributes, ...options.searchAttributes },
    timeSkipping: flags.some(isUnlocked) ? 'unlocked' : true,
    anyNamespace: true,
  };
}
