-- What an amendment of the solicitation did to a row of a matrix: it is told, and nothing of the team's work is deleted.

alter table matrix_rows
  -- When its text last changed, and the text until then.
  add column changed_at timestamptz,
  add column previous_text text,
  -- Since when the solicitation no longer asks for it.
  add column removed_at timestamptz;
