-- What company properties were, by HubSpot's clock, of those that signals look back on. The latest row of a property is
-- what stands, and begins when it came to stand.
CREATE TABLE property_history (
  company_id text COLLATE "C" NOT NULL REFERENCES companies ON DELETE CASCADE,
  property text NOT NULL,
  at timestamptz NOT NULL,
  value text,
  PRIMARY KEY (company_id, property, at)
);

-- The mirror may be filled for the customers of two rule files at once.
UPDATE settings
SET value = value || jsonb_build_object('customers', jsonb_build_array(value->'customers'), 'histories', '[]'::jsonb)
WHERE name = 'mirror' AND jsonb_typeof(value->'customers') = 'string';
