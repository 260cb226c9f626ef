-- +goose Up
-- What every three characters of search_text are in, and the end of the reseller's id
-- that the rows belong to. A row is known there by a number that VACUUM does not change.
ALTER TABLE companies ADD COLUMN search_id INTEGER;
UPDATE companies SET search_id = rowid;
CREATE UNIQUE INDEX companies_search_id ON companies (search_id);
CREATE VIRTUAL TABLE companies_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE companies_grams USING fts5vocab (companies_search, instance);
INSERT INTO companies_search (rowid, text) SELECT search_id, search_text || char(10) || substr(reseller_id, -3) FROM companies;
-- +goose StatementBegin
CREATE TRIGGER companies_search_insert AFTER INSERT ON companies BEGIN
    UPDATE companies SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM companies) WHERE id = new.id;
    INSERT INTO companies_search (rowid, text) SELECT search_id, new.search_text || char(10) || substr(new.reseller_id, -3) FROM companies WHERE id = new.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER companies_search_update AFTER UPDATE OF search_text, reseller_id ON companies
WHEN new.search_text <> old.search_text OR new.reseller_id <> old.reseller_id BEGIN
    UPDATE companies_search SET text = new.search_text || char(10) || substr(new.reseller_id, -3) WHERE rowid = new.search_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER companies_search_delete AFTER DELETE ON companies BEGIN
    DELETE FROM companies_search WHERE rowid = old.search_id;
END;
-- +goose StatementEnd

ALTER TABLE licenses ADD COLUMN search_id INTEGER;
UPDATE licenses SET search_id = rowid;
CREATE UNIQUE INDEX licenses_search_id ON licenses (search_id);
CREATE VIRTUAL TABLE licenses_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE licenses_grams USING fts5vocab (licenses_search, instance);
INSERT INTO licenses_search (rowid, text) SELECT search_id, search_text || char(10) || substr(reseller_id, -3) FROM licenses;
-- +goose StatementBegin
CREATE TRIGGER licenses_search_insert AFTER INSERT ON licenses BEGIN
    UPDATE licenses SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM licenses) WHERE id = new.id;
    INSERT INTO licenses_search (rowid, text) SELECT search_id, new.search_text || char(10) || substr(new.reseller_id, -3) FROM licenses WHERE id = new.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licenses_search_update AFTER UPDATE OF search_text, reseller_id ON licenses
WHEN new.search_text <> old.search_text OR new.reseller_id <> old.reseller_id BEGIN
    UPDATE licenses_search SET text = new.search_text || char(10) || substr(new.reseller_id, -3) WHERE rowid = new.search_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licenses_search_delete AFTER DELETE ON licenses BEGIN
    DELETE FROM licenses_search WHERE rowid = old.search_id;
END;
-- +goose StatementEnd

ALTER TABLE orders ADD COLUMN search_id INTEGER;
UPDATE orders SET search_id = rowid;
CREATE UNIQUE INDEX orders_search_id ON orders (search_id);
CREATE VIRTUAL TABLE orders_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE orders_grams USING fts5vocab (orders_search, instance);
INSERT INTO orders_search (rowid, text) SELECT search_id, search_text || char(10) || substr(reseller_id, -3) FROM orders;
-- +goose StatementBegin
CREATE TRIGGER orders_search_insert AFTER INSERT ON orders BEGIN
    UPDATE orders SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM orders) WHERE id = new.id;
    INSERT INTO orders_search (rowid, text) SELECT search_id, new.search_text || char(10) || substr(new.reseller_id, -3) FROM orders WHERE id = new.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER orders_search_update AFTER UPDATE OF search_text, reseller_id ON orders
WHEN new.search_text <> old.search_text OR new.reseller_id <> old.reseller_id BEGIN
    UPDATE orders_search SET text = new.search_text || char(10) || substr(new.reseller_id, -3) WHERE rowid = new.search_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER orders_search_delete AFTER DELETE ON orders BEGIN
    DELETE FROM orders_search WHERE rowid = old.search_id;
END;
-- +goose StatementEnd

ALTER TABLE devices ADD COLUMN search_id INTEGER;
UPDATE devices SET search_id = rowid;
CREATE UNIQUE INDEX devices_search_id ON devices (search_id);
CREATE VIRTUAL TABLE devices_search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE devices_grams USING fts5vocab (devices_search, instance);
INSERT INTO devices_search (rowid, text) SELECT search_id, search_text || char(10) || substr(reseller_id, -3) FROM devices;
-- +goose StatementBegin
CREATE TRIGGER devices_search_insert AFTER INSERT ON devices BEGIN
    UPDATE devices SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM devices) WHERE id = new.id;
    INSERT INTO devices_search (rowid, text) SELECT search_id, new.search_text || char(10) || substr(new.reseller_id, -3) FROM devices WHERE id = new.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER devices_search_update AFTER UPDATE OF search_text, reseller_id ON devices
WHEN new.search_text <> old.search_text OR new.reseller_id <> old.reseller_id BEGIN
    UPDATE devices_search SET text = new.search_text || char(10) || substr(new.reseller_id, -3) WHERE rowid = new.search_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER devices_search_delete AFTER DELETE ON devices BEGIN
    DELETE FROM devices_search WHERE rowid = old.search_id;
END;
-- +goose StatementEnd

ALTER TABLE products ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
UPDATE products SET search_text = lower(sku || char(10) || name);
CREATE INDEX licenses_product ON licenses (reseller_id, product_id, id);

-- Keys are found by the beginning of their name. search_name is it without accents,
-- and empty where that is just the name with the letters A to Z in lower case.
ALTER TABLE keys ADD COLUMN search_name TEXT NOT NULL DEFAULT '';
CREATE INDEX keys_name ON keys (coalesce(nullif(search_name, ''), lower(name)));

-- +goose Down
DROP INDEX keys_name;
ALTER TABLE keys DROP COLUMN search_name;
DROP INDEX licenses_product;
ALTER TABLE products DROP COLUMN search_text;
DROP TRIGGER devices_search_delete;
DROP TRIGGER devices_search_update;
DROP TRIGGER devices_search_insert;
DROP TABLE devices_grams;
DROP TABLE devices_search;
DROP INDEX devices_search_id;
ALTER TABLE devices DROP COLUMN search_id;
DROP TRIGGER orders_search_delete;
DROP TRIGGER orders_search_update;
DROP TRIGGER orders_search_insert;
DROP TABLE orders_grams;
DROP TABLE orders_search;
DROP INDEX orders_search_id;
ALTER TABLE orders DROP COLUMN search_id;
DROP TRIGGER licenses_search_delete;
DROP TRIGGER licenses_search_update;
DROP TRIGGER licenses_search_insert;
DROP TABLE licenses_grams;
DROP TABLE licenses_search;
DROP INDEX licenses_search_id;
ALTER TABLE licenses DROP COLUMN search_id;
DROP TRIGGER companies_search_delete;
DROP TRIGGER companies_search_update;
DROP TRIGGER companies_search_insert;
DROP TABLE companies_grams;
DROP TABLE companies_search;
DROP INDEX companies_search_id;
ALTER TABLE companies DROP COLUMN search_id;
