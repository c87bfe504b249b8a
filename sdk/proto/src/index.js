import { createRoot } from './root.ts';

const root = createRoot();

export const { coresdk, google, grpc, nexusannotations, temporal } = root;
// biome-ignore lint/style/noDefaultExport: as of the CommonJS module that the official package is, so that `import proto from …` keeps its meaning
export { root as default };
