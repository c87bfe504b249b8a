/** Whose code this is, as the stack trace query tells it. */
const pkg = { name: '@perdure/workflow', version: '0.1.0' } as const;

// biome-ignore lint/style/noDefaultExport: importers of the official package take the default
export default pkg;
