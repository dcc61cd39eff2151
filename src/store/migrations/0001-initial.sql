-- HubSpot's ids are text everywhere: they outgrow 2^31, and nothing is ever computed from them. Comparing them byte by
-- byte (C) keeps ranges in one order on every server, whatever its locale.

CREATE TABLE settings (
  name text PRIMARY KEY,
  value jsonb NOT NULL
);

-- Work is state: one row per thing that is stale. seq counts the hints, so that a worker can tell whether one came
-- while it worked; lease names the claim that holds the row.
CREATE TABLE work (
  kind text NOT NULL,
  key text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  priority smallint NOT NULL,
  first_at timestamptz NOT NULL,
  hinted_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  lease uuid,
  locked_until timestamptz,
  last_error text,
  PRIMARY KEY (kind, key)
) WITH (fillfactor = 50);
CREATE INDEX work_due ON work (kind, priority, due_at);

CREATE TABLE dead_letters (
  kind text NOT NULL,
  key text COLLATE "C" NOT NULL,
  died_at timestamptz NOT NULL,
  attempts integer NOT NULL,
  reason text NOT NULL,
  correlation_id text,
  PRIMARY KEY (kind, key)
);

-- The companies that are or were customers. Whoever decides about one locks its row.
CREATE TABLE companies (
  id text COLLATE "C" PRIMARY KEY,
  properties jsonb NOT NULL,
  -- By HubSpot's clock: of two reads that overtake each other, the older one must not win.
  modified_at timestamptz NOT NULL,
  -- Whether its records are here: without them a first score would be a wrong one to start from.
  is_complete boolean NOT NULL DEFAULT false,
  -- What was decided to stand in HubSpot, and what HubSpot took; null before the first decision.
  decided jsonb,
  written jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE records (
  type text NOT NULL,
  id text COLLATE "C" NOT NULL,
  company_id text COLLATE "C" NOT NULL REFERENCES companies ON DELETE CASCADE,
  properties jsonb NOT NULL,
  modified_at timestamptz NOT NULL,
  PRIMARY KEY (type, id)
);
CREATE INDEX records_company ON records (company_id);

CREATE TABLE links (
  from_type text NOT NULL,
  from_id text COLLATE "C" NOT NULL,
  to_type text NOT NULL,
  to_id text COLLATE "C" NOT NULL,
  is_primary boolean NOT NULL,
  PRIMARY KEY (from_type, from_id, to_type, to_id),
  FOREIGN KEY (from_type, from_id) REFERENCES records ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX links_to ON links (to_type, to_id);

CREATE TABLE scores (
  company_id text COLLATE "C" NOT NULL REFERENCES companies ON DELETE CASCADE,
  name text NOT NULL,
  value smallint,
  band text NOT NULL,
  last_named_band text,
  ruleset_hash text NOT NULL,
  at timestamptz NOT NULL,
  -- The signals and the whole explanation, and a digest of them that tells without reading them whether they changed.
  detail jsonb NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (company_id, name)
);
CREATE INDEX scores_band ON scores (name, band);

CREATE TABLE score_history (
  company_id text COLLATE "C" NOT NULL REFERENCES companies ON DELETE CASCADE,
  name text NOT NULL,
  at timestamptz NOT NULL,
  value smallint,
  band text NOT NULL,
  ruleset_hash text NOT NULL,
  detail jsonb NOT NULL,
  PRIMARY KEY (company_id, name, at)
);

-- The outbox of tasks. A row stays for ever: the count of them numbers the next key.
CREATE TABLE tasks (
  key text COLLATE "C" PRIMARY KEY,
  company_id text COLLATE "C" NOT NULL,
  play text NOT NULL,
  state text NOT NULL,
  planned jsonb NOT NULL,
  task_id text,
  closing_reason text,
  decided_at timestamptz NOT NULL,
  sent_at timestamptz,
  changed_at timestamptz NOT NULL,
  last_error text
);
CREATE INDEX tasks_company ON tasks (company_id);
CREATE INDEX tasks_task_id ON tasks (task_id);

CREATE TABLE sweeps (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scheduled_for timestamptz NOT NULL UNIQUE,
  tasks_for_current boolean NOT NULL,
  requested_at timestamptz NOT NULL,
  cursor text COLLATE "C",
  finished_at timestamptz,
  counts jsonb
);
