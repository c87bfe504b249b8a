import type { Duration, SearchAttributeType } from '@perdure/common';
import type { SearchAttributeKey } from '@perdure/common/lib/search-attributes';

/** A server with everything, on real time. */
export interface DevServerConfig {
  type: 'dev-server';
  /**
   * What to run as another process, which gets the arguments of `temporal server start-dev`.
   *
   * @default a server in this process. A download is none that has to be made, so it means the same.
   */
  executable?: EphemeralServerExecutable;
  /** The SQLite file that keeps everything. Without one nothing outlives the environment. */
  dbFilename?: string;
  /**
   * A namespace that is made, and that the environment uses.
   *
   * @default "default"
   */
  namespace?: string;
  /**
   * The address to listen on.
   *
   * @default 127.0.0.1
   */
  ip?: string;
  /** The port to listen on. Default: a free one. */
  port?: number;
  /**
   * Whether an executable is to serve its web UI. The server in this process has none.
   *
   * @default whether there is a `uiPort`
   */
  ui?: boolean;
  /** The port of the web UI. Default: the executable's own choice. */
  uiPort?: number;
  /**
   * How, and how much, an executable logs.
   *
   * @default { format: 'pretty', level: 'warn' }
   */
  log?: { format: string; level: string };
  /**
   * More arguments of the command. The server in this process understands `--dynamic-config-value KEY=JSON`,
   * `--search-attribute NAME=TYPE` and `--namespace NAME`, and refuses what it would have to act on and cannot.
   */
  extraArgs?: string[];
  /** Search attributes that the namespace has from the start. */
  searchAttributes?: SearchAttributeKey<SearchAttributeType>[];
}

/** A server that skips time. */
export interface TimeSkippingServerConfig {
  type: 'time-skipping';
  /**
   * What to run as another process, which gets a port as its argument.
   *
   * @default a server in this process. A download is none that has to be made, so it means the same.
   */
  executable?: EphemeralServerExecutable;
  /** The port to listen on. Default: a free one. */
  port?: number;
  /** More arguments of the command; the server in this process understands those of {@link DevServerConfig.extraArgs}. */
  extraArgs?: string[];
}

/** What to run as the server. */
export type EphemeralServerExecutable =
  | {
      type: 'cached-download';
      /** Means nothing here: nothing is downloaded. */
      downloadDir?: string;
      /** Means nothing here. */
      version?: string;
      /** Means nothing here. */
      ttl?: Duration;
    }
  | {
      type: 'existing-path';
      /** Where the executable is. */
      path: string;
    };
