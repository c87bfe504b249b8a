/** Loaded into every test process: one that does not end says what keeps it alive, and ends. */
const patience = Number(process.env['TEST_FILE_TIMEOUT_MS'] ?? 180_000);

setTimeout(() => {
  const busy = process.getActiveResourcesInfo().join(', ');
  process.stderr.write(
    `still running after ${patience / 1000} s; kept alive by: ${busy || 'nothing that Node knows of'}\n`,
  );
  process.exit(1);
}, patience).unref();
