import { clientVersion } from './version.ts';

/** The name of the package, and the version that calls say in their metadata. */
// biome-ignore lint/style/noDefaultExport: the API has it so
export default { name: '@perdure/client', version: clientVersion };
