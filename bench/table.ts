/** Plain aligned tables on standard output. */

export type Cell = string | number | null;

/**
 * Prints rows under their column names: texts to the left, numbers to the right, nothing as `-`.
 *
 * @param digits decimals per column name; one if not given
 */
export function printTable(
  rows: readonly Readonly<Record<string, Cell>>[],
  digits: Readonly<Record<string, number>> = {},
): void {
  const columns = Object.keys(rows[0] ?? {});
  const texts = rows.map((row) => columns.map((column) => text(row[column] ?? null, digits[column] ?? 1)));
  const widths = columns.map((column, at) => Math.max(column.length, ...texts.map((cells) => cells[at]?.length ?? 0)));
  const isText = columns.map((column) => rows.every((row) => typeof row[column] === 'string'));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (isText[at] ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  console.log(line(columns));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const cells of texts) console.log(line(cells));
}

function text(cell: Cell, digits: number): string {
  if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return '-';
  return typeof cell === 'number' ? cell.toFixed(digits) : cell;
}
