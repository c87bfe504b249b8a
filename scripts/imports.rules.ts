/** The import table: what may import what, and why. The gate that reads it is `imports.ts`. */

/** A rule holds for the files under `from`: of this repository they may import only `may`, and `mayType` as types. */
export type FolderRule = {
  readonly from: string;
  readonly may: readonly string[];
  readonly mayType?: readonly string[];
  readonly because: string;
};

/** A rule holds for an outside module: only the files under `only` may import it. */
export type ModuleRule = { readonly module: string; readonly only: readonly string[]; readonly because: string };

/** The first rule whose `from` a file lies under holds for it, so the narrower come first. A folder may import itself. */
export const folderRules: readonly FolderRule[] = [
  { from: 'api/', may: [], because: 'the wire contract stands on its own' },
  {
    from: 'server/src/kernel/',
    may: ['api/'],
    because: 'the kernel is what everything stands on: ids, time arithmetic, limits and the ports',
  },
  {
    from: 'server/src/engine/',
    may: ['api/', 'server/src/kernel/'],
    because: 'the engine decides, and a decision knows neither disk nor network nor clock',
  },
  {
    from: 'server/src/validation/',
    may: ['api/', 'server/src/kernel/'],
    mayType: ['server/src/engine/'],
    because: 'validation turns a request into a command or a coded error; it decides nothing about state',
  },
  {
    from: 'server/src/visibility/',
    may: ['api/', 'server/src/kernel/'],
    because: 'a query becomes a tree here; compiling it to SQL is each driver’s own business',
  },
  {
    from: 'server/src/storage/sqlite/',
    may: [
      'api/',
      'server/src/kernel/',
      'server/src/visibility/',
      'server/src/storage/contract.ts',
      'server/src/storage/errors.ts',
    ],
    mayType: ['server/src/engine/', 'server/src/storage/'],
    because: 'a driver only commits and reads, never decides, and knows no other driver',
  },
  {
    from: 'server/src/storage/memory/',
    may: [
      'api/',
      'server/src/kernel/',
      'server/src/visibility/',
      'server/src/storage/contract.ts',
      'server/src/storage/errors.ts',
    ],
    mayType: ['server/src/engine/', 'server/src/storage/'],
    because: 'a driver only commits and reads, never decides, and knows no other driver',
  },
  {
    from: 'server/src/storage/',
    may: ['api/', 'server/src/kernel/', 'server/src/visibility/'],
    mayType: ['server/src/engine/'],
    because: 'the storage contract speaks of states and events; it never runs the engine',
  },
  {
    from: 'server/src/matching/',
    may: ['api/', 'server/src/kernel/'],
    because: 'matching is soft state: nothing in it is the truth, so nothing of the truth may be reached from it',
  },
  {
    from: 'server/src/host/',
    may: ['api/', 'server/src/kernel/', 'server/src/engine/', 'server/src/storage/'],
    mayType: ['server/src/matching/'],
    because: 'the host is the only caller of the engine; what leaves it goes through ports, so no arrow points back',
  },
  {
    from: 'server/src/rpc/transport/',
    may: ['api/', 'server/src/kernel/'],
    because: 'a transport carries (method, metadata, bytes, deadline) and knows nothing of what the methods do',
  },
  {
    from: 'server/src/rpc/',
    may: [
      'api/',
      'server/src/kernel/',
      'server/src/validation/',
      'server/src/engine/',
      'server/src/host/',
      'server/src/matching/',
      'server/src/visibility/',
    ],
    mayType: ['server/src/storage/'],
    because: 'a handler names what the engine shall do and the host does it; it never reads the disk itself',
  },
  { from: 'server/', may: ['api/'], because: 'the composition root knows all of the server and nothing outside it' },
  { from: 'sdk/proto/', may: [], because: 'the messages stand on their own' },
  {
    from: 'sdk/worker/src/replay/',
    may: ['sdk/proto/'],
    because: 'replay is pure: history in, activations out; completions in, commands out',
  },
  {
    from: 'sdk/transport/',
    may: [],
    because: 'a channel carries (method, metadata, bytes, deadline) and knows nothing of what the methods do',
  },
  { from: 'sdk/common/', may: ['sdk/proto/'], because: 'what clients, workers and workflows share stands below them' },
  {
    from: 'sdk/workflow/',
    may: ['sdk/common/'],
    mayType: ['sdk/proto/'],
    because: 'it runs inside the isolate: everything that it imports is evaluated again for every run',
  },
  {
    from: 'sdk/client/',
    may: ['sdk/proto/', 'sdk/common/', 'sdk/transport/'],
    because: 'a client talks to a server and knows nothing of workers',
  },
  { from: 'sdk/activity/', may: ['sdk/common/', 'sdk/client/'], because: 'activities may use the worker’s client' },
  {
    from: 'sdk/worker/',
    may: ['sdk/proto/', 'sdk/common/', 'sdk/transport/', 'sdk/client/', 'sdk/activity/', 'sdk/workflow/'],
    because: 'a worker runs workflows and activities against any server, so it knows none',
  },
  {
    from: 'sdk/embedded/',
    may: ['sdk/common/', 'sdk/transport/', 'sdk/client/', 'sdk/worker/', 'server/'],
    because: 'it puts server, client and workers into one process',
  },
  {
    from: 'sdk/testing/',
    may: [
      'sdk/proto/',
      'sdk/common/',
      'sdk/transport/',
      'sdk/client/',
      'sdk/activity/',
      'sdk/worker/',
      'sdk/workflow/',
      'server/',
    ],
    because: 'a test environment brings a server of its own',
  },
  { from: 'cli/', may: ['api/', 'server/', 'sdk/'], because: 'the command line starts a server or talks to one' },
  {
    from: 'conformance/',
    may: ['api/', 'server/', 'sdk/'],
    because: 'conformance tests see what any user sees: the packages’ public entries',
  },
  { from: 'bench/', may: ['api/', 'server/', 'sdk/'], because: 'a benchmark measures what is public' },
  { from: 'examples/', may: ['api/', 'server/', 'cli/', 'sdk/'], because: 'an example shows what a user can write' },
  { from: 'scripts/', may: [], because: 'the gates judge the code from outside' },
];

/** Only the files under `only` may import these files for more than their types. */
export type FileRule = { readonly file: RegExp; readonly only: readonly string[]; readonly because: string };

export const fileRules: readonly FileRule[] = [
  {
    file: /^server\/src\/engine\/\w+\/(transition|conclude|derive)\.ts$/,
    only: ['server/src/engine/', 'server/src/host/'],
    because: 'beginning, concluding and following up a transition is the host’s: one transition, one commit',
  },
];

export const moduleRules: readonly ModuleRule[] = [
  {
    module: '@temporalio/proto',
    only: ['api/', 'sdk/proto/', 'conformance/', 'bench/', 'examples/'],
    because: 'the wire contract is generated once, in api/, and handed on once, in sdk/proto/',
  },
  {
    module: '@temporalio/',
    only: ['conformance/', 'bench/', 'examples/', 'scripts/with-official-sdk.ts'],
    because: 'the official SDK is a witness and a guest, never a part',
  },
  {
    module: 'protobufjs',
    only: ['api/', 'sdk/', 'conformance/fuzz/', 'conformance/parity/'],
    because: 'nothing but the codecs knows how messages are encoded',
  },
  {
    module: '@grpc/grpc-js',
    only: [
      'server/src/rpc/transport/grpc-client.fixture.ts',
      'server/src/rpc/transport/grpc.test.ts',
      'server/src/rpc/transport/grpc-connection.test.ts',
      'conformance/',
      'bench/',
      'cli/',
      'sdk/client/',
    ],
    because: 'the gRPC library is only the other side in tests: the server speaks gRPC itself',
  },
  {
    module: 'node:sqlite',
    only: ['server/src/storage/sqlite/', 'conformance/', 'bench/', 'examples/'],
    because: 'SQL belongs to its driver',
  },
  {
    module: 'node:http',
    only: ['server/src/rpc/', 'sdk/transport/', 'sdk/worker/src/telemetry/', 'conformance/', 'bench/', 'examples/'],
    because: 'sockets belong to the transports',
  },
  {
    module: 'node:http2',
    only: ['server/src/rpc/', 'sdk/transport/', 'sdk/worker/src/telemetry/', 'conformance/', 'bench/', 'examples/'],
    because: 'sockets belong to the transports',
  },
  {
    module: 'node:net',
    only: [
      'server/src/rpc/',
      'sdk/transport/',
      'sdk/testing/',
      'sdk/worker/src/telemetry/',
      'conformance/',
      'bench/',
      'cli/',
      'examples/',
    ],
    because: 'sockets belong to the transports',
  },
];
