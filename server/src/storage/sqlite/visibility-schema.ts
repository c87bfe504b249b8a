/**
 * Lists and counts. A row of `visibility` per run holds what is shown and asked for; `attribute_values` is an index over
 * the search attributes, with any number of names, a row per value (of a Text: per word).
 *
 * `closed` is the close time, and for open runs the largest number: then `closed DESC, start DESC, run DESC` is the
 * default order, in which every index ends that lists are read from, so that a page costs its own length. They all carry
 * the status, so that most counts need no rows. Runs of one workflow id follow one another, so there `run` is the order.
 *
 * A scope is a namespace, once for runs with a `TemporalNamespaceDivision` and once for those without, because nearly
 * every query is about the latter. An attribute's number stands for its name and type: values of a time when it had
 * another type are not found.
 */
export const visibility = `
  CREATE TABLE scopes (
    scope INTEGER PRIMARY KEY,
    namespace_id TEXT NOT NULL,
    divided INTEGER NOT NULL,
    UNIQUE (namespace_id, divided)
  ) STRICT;

  CREATE TABLE attributes (
    attribute INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    type INTEGER NOT NULL,
    UNIQUE (name, type)
  ) STRICT;

  CREATE TABLE visibility (
    run INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    status INTEGER NOT NULL,
    start INTEGER NOT NULL,
    execution INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    history_length INTEGER,
    history_size INTEGER,
    transitions INTEGER,
    workflow_id TEXT NOT NULL,
    workflow_type TEXT NOT NULL,
    task_queue TEXT NOT NULL,
    parent_workflow_id TEXT,
    parent_run_id TEXT,
    root_workflow_id TEXT,
    root_run_id TEXT,
    division TEXT,
    attributes TEXT,
    search_attributes BLOB,
    memo BLOB
  ) STRICT;
  CREATE INDEX visibility_by_time ON visibility (scope, closed, start, status);
  CREATE INDEX visibility_by_type ON visibility (scope, workflow_type, closed, start, status);
  CREATE INDEX visibility_by_workflow ON visibility (scope, workflow_id);
  CREATE INDEX visibility_by_queue ON visibility (scope, task_queue);
  CREATE INDEX visibility_by_parent ON visibility (scope, parent_workflow_id) WHERE parent_workflow_id IS NOT NULL;
  CREATE INDEX visibility_by_root ON visibility (scope, root_workflow_id) WHERE root_workflow_id IS NOT NULL;
  CREATE INDEX visibility_by_status ON visibility (scope, status, closed, start) WHERE status > 2;

  CREATE TABLE attribute_values (
    scope INTEGER NOT NULL,
    attribute INTEGER NOT NULL,
    value ANY NOT NULL,
    closed INTEGER NOT NULL,
    start INTEGER NOT NULL,
    run INTEGER NOT NULL,
    status INTEGER NOT NULL,
    PRIMARY KEY (scope, attribute, value, closed, start, run)
  ) STRICT, WITHOUT ROWID;
`;
