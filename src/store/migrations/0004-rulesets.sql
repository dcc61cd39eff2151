-- Every rule file that was in force, as it was written: what changed in it is seen by comparing two.
CREATE TABLE rulesets (
  hash text PRIMARY KEY,
  name text NOT NULL,
  text text NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
