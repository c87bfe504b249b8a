/** Names of enum values as texts for people spell them: `BusyWorkflow` for BUSY_WORKFLOW. */

export const pascalCase = (name: string): string =>
  name.toLowerCase().replace(/(^|_)([a-z])/g, (_, _line, letter: string) => letter.toUpperCase());

/** The name of a value of an enum; its number, if it has none. */
export function enumName(values: Readonly<Record<string, number>>, value: number): string {
  const name = Object.keys(values).find((key) => values[key] === value);
  return name === undefined ? String(value) : pascalCase(name);
}
