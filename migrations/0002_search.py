"""What searches the words of `search_document`: FTS5 on SQLite, a generated tsvector on PostgreSQL."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

SQLITE = (
    "CREATE VIRTUAL TABLE search_text USING fts5(title, labels, body, content='search_document', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2', prefix='2 3 4')",
    "CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN"
    " INSERT INTO search_text(rowid, title, labels, body) VALUES (new.id, new.title, new.labels, new.body); END",
    "CREATE TRIGGER search_document_gone AFTER DELETE ON search_document BEGIN"
    " INSERT INTO search_text(search_text, rowid, title, labels, body)"
    " VALUES ('delete', old.id, old.title, old.labels, old.body); END",
    "CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN"
    " INSERT INTO search_text(search_text, rowid, title, labels, body)"
    " VALUES ('delete', old.id, old.title, old.labels, old.body);"
    " INSERT INTO search_text(rowid, title, labels, body) VALUES (new.id, new.title, new.labels, new.body); END",
)
POSTGRES = (
    "ALTER TABLE search_document ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    " setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', labels), 'B')"
    " || setweight(to_tsvector('simple', body), 'D')) STORED",
    "CREATE INDEX search_document_by_words ON search_document USING GIN (vector)",
    "CREATE INDEX search_term_by_beginning ON search_term (term text_pattern_ops)",
)


async def make_index(apps: Any, editor: Any) -> None:
    """Statement by statement: a trigger's body holds semicolons of its own."""
    for statement in SQLITE if editor.client.capabilities.dialect == "sqlite" else POSTGRES:
        await editor.client.execute_query(statement)


class Migration(migrations.Migration):
    """The index of the words."""

    dependencies = [("models", "0001_initial")]

    operations = [ops.RunPython(make_index)]
