import root from '@temporalio/proto';

export const { coresdk, google, grpc, nexusannotations, temporal } = root;
// As of a CommonJS module, which the official package is: `import proto from …` keeps its meaning.
export default root;
