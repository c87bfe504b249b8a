/** The package has declarations, but its `exports` do not lead to them. */
declare module 'ms' {
  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default function ms(text: string): number | undefined;
}
