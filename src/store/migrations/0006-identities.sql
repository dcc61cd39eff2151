-- Ids that companies had before they were merged; each names the id of today.
CREATE TABLE company_aliases (
  alias text COLLATE "C" PRIMARY KEY,
  company_id text COLLATE "C" NOT NULL
);
CREATE INDEX company_aliases_company ON company_aliases (company_id);

-- The companies that contacts belonged to or were linked to once: stored scores may hold what their values gave, and who
-- asks to be forgotten may have been deleted long before.
CREATE TABLE former_contacts (
  contact_id text COLLATE "C" NOT NULL,
  company_id text COLLATE "C" NOT NULL REFERENCES companies ON DELETE CASCADE,
  PRIMARY KEY (contact_id, company_id)
);

-- A trigger, so that no way on which a contact leaves a company can miss it.
CREATE FUNCTION remember_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO former_contacts (contact_id, company_id)
  SELECT OLD.id, id FROM companies
  WHERE id = OLD.company_id
    OR id IN (SELECT to_id FROM links WHERE from_type = 'contact' AND from_id = OLD.id AND to_type = 'company')
  ON CONFLICT DO NOTHING;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER contact_deleted BEFORE DELETE ON records
  FOR EACH ROW WHEN (OLD.type = 'contact') EXECUTE FUNCTION remember_contact();
CREATE TRIGGER contact_moved BEFORE UPDATE OF company_id ON records
  FOR EACH ROW WHEN (OLD.type = 'contact' AND OLD.company_id <> NEW.company_id) EXECUTE FUNCTION remember_contact();
