declare module '@temporalio/proto/protos/json-module.js' {
  import type { Root } from 'protobufjs';

  const root: Root;
  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default root;
}
