-- +goose Up
-- Finds what has every three characters of a text in it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX companies_search ON companies USING gin (search_text gin_trgm_ops);
CREATE INDEX licenses_search ON licenses USING gin (search_text gin_trgm_ops);
CREATE INDEX orders_search ON orders USING gin (search_text gin_trgm_ops);
CREATE INDEX devices_search ON devices USING gin (search_text gin_trgm_ops);

ALTER TABLE products ADD COLUMN search_text TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE products SET search_text = lower(sku || chr(10) || name);
CREATE INDEX licenses_product ON licenses (reseller_id, product_id, id);

-- Keys are found by the beginning of their name. search_name is it without accents,
-- and empty where that is just the name with the letters A to Z in lower case.
ALTER TABLE keys ADD COLUMN search_name TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX keys_name ON keys (coalesce(nullif(search_name, ''), lower(name)));

-- +goose Down
DROP INDEX keys_name;
ALTER TABLE keys DROP COLUMN search_name;
DROP INDEX licenses_product;
ALTER TABLE products DROP COLUMN search_text;
DROP INDEX devices_search;
DROP INDEX orders_search;
DROP INDEX licenses_search;
DROP INDEX companies_search;
