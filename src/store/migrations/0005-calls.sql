-- The calls that may be made of the portal, shared by all replicas. Rows are changed in place all the time: the room in
-- the pages lets that be done without touching the index.
CREATE TABLE call_turns (
  call_window text NOT NULL,
  turn int NOT NULL,
  free_at timestamptz NOT NULL,
  PRIMARY KEY (call_window, turn)
) WITH (fillfactor = 25);

CREATE TABLE call_closings (
  call_window text NOT NULL,
  reason text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (call_window, reason)
);

CREATE TABLE call_days (
  resets_at timestamptz PRIMARY KEY,
  call_limit int,
  remaining int,
  told_at timestamptz,
  association_calls int NOT NULL DEFAULT 0
);

-- Takes up to `wanted` turns of a window of `most` and keeps `kept` of them free. A function, because each of its
-- statements sees what was there when it began: after the wait for the lock, not before it.
CREATE FUNCTION take_call_turns(in_window text, wanted int, most int, kept int, held interval)
RETURNS TABLE (turns int[], next_free_ms double precision)
LANGUAGE plpgsql AS $$
DECLARE
  instant timestamptz;
  rows_there int;
  busy int;
  given int;
BEGIN
  PERFORM pg_advisory_xact_lock(72057594, hashtext(in_window));
  -- What a crash of the server may undo is a take of its last half second: not worth a wait for the disk.
  PERFORM set_config('synchronous_commit', 'off', true);
  instant := clock_timestamp();
  SELECT count(*), count(*) FILTER (WHERE free_at > instant) INTO rows_there, busy
  FROM call_turns WHERE call_window = in_window;
  given := greatest(0, least(wanted, most - busy - kept));
  -- As many rows as were ever busy at once, numbered from 1.
  INSERT INTO call_turns SELECT in_window, number, '-infinity'
  FROM generate_series(rows_there + 1, busy + given) AS number;
  WITH taken AS (
    UPDATE call_turns SET free_at = instant + held
    WHERE call_window = in_window AND turn IN (
      SELECT turn FROM call_turns WHERE call_window = in_window AND free_at <= instant ORDER BY free_at, turn LIMIT given)
    RETURNING turn)
  SELECT coalesce(array_agg(turn ORDER BY turn), '{}') INTO turns FROM taken;
  SELECT extract(epoch FROM free_at - instant) * 1000 INTO next_free_ms FROM call_turns
  WHERE call_window = in_window AND free_at > instant
  ORDER BY free_at OFFSET greatest(0, kept - (most - busy - given)) LIMIT 1;
  RETURN NEXT;
END $$;
