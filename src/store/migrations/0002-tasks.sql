ALTER TABLE scores ADD COLUMN phase text;
ALTER TABLE score_history ADD COLUMN phase text;

ALTER TABLE tasks
  -- The texts that HubSpot may have, the one that was sent last at the end: several while the answer to a change is out.
  ADD COLUMN sent jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN admitted_at timestamptz,
  -- The key that the play would have made a task under when it called again for one that stood, and when that was.
  ADD COLUMN called text,
  ADD COLUMN called_at timestamptz;
UPDATE tasks SET sent = jsonb_build_array(planned) WHERE state NOT IN ('planned', 'cancelled', 'refused');

CREATE INDEX tasks_waiting ON tasks (play) WHERE state = 'waiting';
CREATE INDEX tasks_admitted ON tasks (play, admitted_at) WHERE admitted_at IS NOT NULL;
CREATE INDEX tasks_decided ON tasks (play, decided_at);
