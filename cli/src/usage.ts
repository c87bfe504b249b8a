export const usage = `perdure: durable execution, speaking Temporal's API

  perdure server start-dev [flags]   start a server; --help lists the flags
  perdure test-server PORT           start a server for tests, which skips time; --help lists the flags
  perdure replay --workflows FILE    see whether changed workflow code fits what is running; --help lists the flags
  perdure --version
  perdure --help`;

export const startDevUsage = `perdure server start-dev: start a server in this process

  --db-filename, -f FILE           keep everything in this file; without it, nothing is kept
  --ip ADDRESS                     listen there (localhost)
  --port, -p PORT                  listen on that port (7233)
  --namespace, -n NAME             make this namespace, besides "default"; repeatable
  --search-attribute NAME=TYPE     let workflows have this attribute; types are Text, Keyword, Int, Double, Bool,
                                   Datetime and KeywordList; repeatable
  --dynamic-config-value KEY=JSON  change a setting, such as limit.blobSize.error=1000000; repeatable
  --log-level LEVEL                debug, info, warn, error or never (warn)
  --log-format FORMAT              pretty or json (pretty)
  --log-config                     write the configuration to standard error at the start
  --time-skipping                  let tests have time skipped, by the calls of TestService
  --headless                       no web UI

These belong to parts that are not there yet and have no effect:
  --ui-port --ui-ip --ui-public-path --ui-asset-path --ui-codec-endpoint --http-port --metrics-port --sqlite-pragma`;

export const testServerUsage = `perdure test-server PORT: start a server for tests in this process

It takes the place of the official test server: give an SDK the path of this executable, and it is started with a port
alone. Time goes at its usual pace until a test unlocks it. Everything is in memory, and a namespace comes into being
when it is used.

  --enable-time-skipping           begin with time unlocked

It takes the flags of "perdure server start-dev" as well.`;

export const replayUsage = `perdure replay: replay histories with workflow code, and tell which of them it does not fit

  --workflows, -w FILE     the code; required
  --query, -q QUERY        which workflows of the server (ExecutionStatus = 'Running')
  --limit N                not more than so many (1000)
  --history FILE           a history as JSON, instead of the server's; repeatable
  --address HOST:PORT      the server (TEMPORAL_ADDRESS, or 127.0.0.1:7233)
  --namespace, -n NAME     the namespace (TEMPORAL_NAMESPACE, or default)
  --tls, --api-key KEY     how to talk to the server
  --watch                  replay again whenever the code changes

The exit code is 1 if the code does not fit one of them, so that continuous integration can ask.`;
