import type { Any } from './any.ts';
import { type Contributions, contribute, resolveContributions } from './contributions.ts';
import { isHeard } from './heard-levels.ts';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** What a message is about, apart from its text. */
export type LogMetadata = Record<string | symbol, Any>;

/** To be implemented by who wants log messages to go elsewhere. */
export interface Logger {
  log(level: LogLevel, message: string, meta?: LogMetadata): Any;
  trace(message: string, meta?: LogMetadata): Any;
  debug(message: string, meta?: LogMetadata): Any;
  info(message: string, meta?: LogMetadata): Any;
  warn(message: string, meta?: LogMetadata): Any;
  error(message: string, meta?: LogMetadata): Any;
}

/**
 * The `sdkComponent` in the metadata of log messages: which part of the SDK a message came through. It can be filtered by,
 * but may change from version to version.
 */
export const SdkComponent = {
  /** `workflow.log`, so always user code. */
  workflow: 'workflow',
  /** `Context.log` of an Activity, so always user code. */
  activity: 'activity',
  /** The log of a Nexus handler's context, so always user code. */
  nexus: 'nexus',
  /** The worker: its life, its tasks, its bundles, its sinks, and what is wrong with its configuration. */
  worker: 'worker',
  /** What talks to the server and replays histories. */
  core: 'core',
} as const;
export type SdkComponent = (typeof SdkComponent)[keyof typeof SdkComponent];

/** @internal */
export type LogMetaOrFunc = LogMetadata | (() => LogMetadata);

/**
 * A logger that adds metadata to what it passes on.
 *
 * @internal
 */
export class LoggerWithComposedMetadata implements Logger {
  private readonly parentLogger: Logger;
  private readonly contributors: Contributions<LogMetadata>;

  /**
   * The logger with this metadata added to each message; a function is asked at each message. The result is the logger
   * itself if that adds nothing, and never a chain of loggers.
   */
  public static compose(logger: Logger, metaOrFunc: LogMetaOrFunc): Logger {
    const composed = logger instanceof LoggerWithComposedMetadata;
    const present = composed ? logger.contributors : [];
    const contributors = contribute(present, metaOrFunc);
    if (contributors === present) return logger;
    return new LoggerWithComposedMetadata(composed ? logger.parentLogger : logger, contributors);
  }

  constructor(parentLogger: Logger, contributors: Contributions<LogMetadata>) {
    this.parentLogger = parentLogger;
    this.contributors = contributors;
  }

  public log(level: LogLevel, message: string, extraMeta?: LogMetadata): void {
    if (isHeard(this.parentLogger, level)) this.parentLogger.log(level, message, this.resolve(extraMeta));
  }

  public trace(message: string, extraMeta?: LogMetadata): void {
    if (isHeard(this.parentLogger, 'TRACE')) this.parentLogger.trace(message, this.resolve(extraMeta));
  }

  public debug(message: string, extraMeta?: LogMetadata): void {
    if (isHeard(this.parentLogger, 'DEBUG')) this.parentLogger.debug(message, this.resolve(extraMeta));
  }

  public info(message: string, extraMeta?: LogMetadata): void {
    if (isHeard(this.parentLogger, 'INFO')) this.parentLogger.info(message, this.resolve(extraMeta));
  }

  public warn(message: string, extraMeta?: LogMetadata): void {
    if (isHeard(this.parentLogger, 'WARN')) this.parentLogger.warn(message, this.resolve(extraMeta));
  }

  public error(message: string, extraMeta?: LogMetadata): void {
    if (isHeard(this.parentLogger, 'ERROR')) this.parentLogger.error(message, this.resolve(extraMeta));
  }

  private resolve(extraMeta: LogMetadata | undefined): LogMetadata {
    return resolveContributions(this.contributors, extraMeta);
  }
}
