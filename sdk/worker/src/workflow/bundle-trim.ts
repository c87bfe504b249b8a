/**
 * Leaves out of esbuild's output what would be paid for in every run. Lines and columns stay, so that the source map
 * holds; code that does not look as esbuild lays it out stays as it is.
 */

/** What the user's modules cost more than once: the parts that each run evaluates anew. */
export function trimRun(code: string): string {
  const shared = code.replace(/__toESM\(require\(("(?:@perdure\/|nexus-rpc)[^"]*")\)(, 1)?\)/g, (whole, name: string) =>
    `require(${name})`.padEnd(whole.length),
  );
  return trimNames(shared.includes('__reExport(') ? shared : trimExports(shared));
}

/**
 * Exports are told from a module's `all` by a proxy (`namespaceIn`) instead of accessors. V8 keeps accessors among its
 * old objects, where they hold on to all of a run that they belong to until the next full collection.
 */
function trimExports(code: string): string {
  return code
    .replace(
      /^var ([\w$]+_exports) = \{\};\n__export\(\1, \{$/gm,
      (whole, name: string) => `var ${name} =    \n${'require.exports({'.padStart(whole.length - name.length - 12)}`,
    )
    .replace(/^exports\.(?:workflows|interceptors|payloadConverter|failureConverter) = .*$/gm, (entry) =>
      entry.replace(/__toCommonJS\(([\w$]+_exports)\)/g, (whole, name: string) => name.padEnd(whole.length)),
    );
}

/**
 * Functions that have their names by themselves are not given them again: it would make a dictionary out of each.
 *
 *   __name(charge, "charge");                            a declaration
 *   const charge = __name(async () => {…}, "charge");    an expression that a name is given to, here or as a property
 */
export function trimNames(code: string): string {
  const lines = code
    .replace(
      'var __name = (target, value) => __defProp(',
      'var __name = (target, value) => target.name === value ? target : __defProp(',
    )
    .split('\n');
  lines.forEach((line, index) => {
    if (!line.includes('__name(')) return;
    const declared = /^\s*__name\(([\w$]+), "\1"\);$/.test(line);
    if (declared) lines[index] = ' '.repeat(line.length);
    else trimExpression(lines, index);
  });
  return lines.join('\n');
}

const opening = /^(\s*)(?:(?:const|let|var) )?([\w$]+)(?: =|:) \/\* @__PURE__ \*\/ __name\(/;

function trimExpression(lines: string[], first: number): void {
  const line = lines[first] ?? '';
  const [head, indent, name] = opening.exec(line) ?? [];
  if (head === undefined || indent === undefined || name === undefined) return;
  const last = line.endsWith('{') ? endOfBlock(lines, first, indent) : first;
  const end = lines[last] ?? '';
  const closing = new RegExp(`, "${name.replaceAll('$', '\\$')}"\\)[;,]?$`);
  if (line.includes('`') || !closing.test(end)) return;
  lines[last] = end.replace(closing, (whole) => `${' '.repeat(name.length + 4)}${whole.slice(name.length + 4)}`);
  lines[first] = (lines[first] ?? '').replace(head, `${head.slice(0, -7)}      (`);
}

/** The line that ends a block: the next one that is not further in. */
function endOfBlock(lines: readonly string[], first: number, indent: string): number {
  for (let at = first + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line !== '' && !line.startsWith(`${indent} `)) return line.startsWith(`${indent}}`) ? at : first;
  }
  return first;
}
