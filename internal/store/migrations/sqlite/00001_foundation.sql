-- +goose Up
CREATE TABLE vendor (
    singleton   INTEGER PRIMARY KEY CHECK (singleton = 1),
    name        TEXT NOT NULL,
    time_zone   TEXT NOT NULL,
    mail_from   TEXT NOT NULL,
    address     TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    country     TEXT NOT NULL,
    vat_id      TEXT NOT NULL,
    tax_rate    INTEGER NOT NULL,
    cursor_key  TEXT NOT NULL,
    signing_key TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE resellers (
    id          TEXT PRIMARY KEY,
    login       TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    email       TEXT NOT NULL,
    parent_id   TEXT REFERENCES resellers (id),
    address     TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    country     TEXT NOT NULL,
    vat_id      TEXT NOT NULL,
    language    TEXT NOT NULL,
    tax_rate    INTEGER NOT NULL,
    note        TEXT NOT NULL,
    disabled_at TEXT,
    version     INTEGER NOT NULL,
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL,
    search_text TEXT NOT NULL
) STRICT;
CREATE INDEX resellers_parent ON resellers (parent_id);

-- People who sign in with a password; the vendor's own have no reseller.
CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    reseller_id   TEXT REFERENCES resellers (id),
    login         TEXT NOT NULL UNIQUE,
    email         TEXT NOT NULL,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    contracts     TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    password_mail TEXT NOT NULL,
    disabled_at   TEXT,
    version       INTEGER NOT NULL,
    created_at    TEXT NOT NULL,
    updated_at    TEXT NOT NULL,
    search_text   TEXT NOT NULL
) STRICT;
CREATE INDEX users_reseller ON users (reseller_id, id);
CREATE INDEX users_email ON users (email);

CREATE TABLE tokens (
    id          TEXT PRIMARY KEY,
    reseller_id TEXT REFERENCES resellers (id),
    user_id     TEXT REFERENCES users (id),
    name        TEXT NOT NULL,
    hash        TEXT NOT NULL UNIQUE,
    scopes      TEXT NOT NULL,
    contracts   TEXT NOT NULL,
    expires_at  TEXT,
    revoked_at  TEXT,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX tokens_reseller ON tokens (reseller_id, id);
CREATE INDEX tokens_user ON tokens (user_id);

CREATE TABLE companies (
    id              TEXT PRIMARY KEY,
    reseller_id     TEXT NOT NULL REFERENCES resellers (id),
    name            TEXT NOT NULL,
    alternate_name  TEXT NOT NULL,
    domain          TEXT,
    email           TEXT NOT NULL,
    phone           TEXT NOT NULL,
    country         TEXT NOT NULL,
    address         TEXT NOT NULL,
    postal_code     TEXT NOT NULL,
    city            TEXT NOT NULL,
    vat_id          TEXT NOT NULL,
    note            TEXT NOT NULL,
    setup_assistant INTEGER NOT NULL,
    language        TEXT NOT NULL,
    version         INTEGER NOT NULL,
    created_at      TEXT NOT NULL,
    updated_at      TEXT NOT NULL,
    search_text     TEXT NOT NULL
) STRICT;
CREATE INDEX companies_email ON companies (reseller_id, email);
CREATE UNIQUE INDEX companies_domain ON companies (reseller_id, domain);
CREATE INDEX companies_reseller ON companies (reseller_id, id);
CREATE INDEX companies_name ON companies (reseller_id, name);

CREATE TABLE locations (
    id          TEXT PRIMARY KEY,
    company_id  TEXT NOT NULL REFERENCES companies (id),
    name        TEXT NOT NULL,
    address     TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    country     TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX locations_company ON locations (company_id, name);

CREATE TABLE products (
    id                 TEXT PRIMARY KEY,
    sku                TEXT NOT NULL UNIQUE,
    name               TEXT NOT NULL,
    kind               TEXT NOT NULL,
    metric             TEXT NOT NULL,
    family             TEXT NOT NULL,
    edition            TEXT NOT NULL,
    terms              TEXT NOT NULL,
    calendar_proration TEXT NOT NULL,
    refund_days        INTEGER NOT NULL,
    created_at         TEXT NOT NULL
) STRICT;
CREATE INDEX products_family ON products (family, edition);

-- What a sub-reseller may sell; one without rows may sell everything.
CREATE TABLE reseller_products (
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    product_id  TEXT NOT NULL REFERENCES products (id),
    PRIMARY KEY (reseller_id, product_id)
) STRICT;

CREATE TABLE contracts (
    id          TEXT PRIMARY KEY,
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    number      TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    conditions  TEXT NOT NULL,
    currency    TEXT NOT NULL,
    payments    TEXT NOT NULL,
    distributor TEXT NOT NULL,
    starts_on   TEXT NOT NULL,
    ends_on     TEXT,
    closed_at   TEXT,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX contracts_reseller ON contracts (reseller_id, id);

-- Unit prices in minor units: list prices without a contract, and what a contract
-- sells and for how much.
CREATE TABLE prices (
    contract_id      TEXT REFERENCES contracts (id),
    product_id       TEXT NOT NULL REFERENCES products (id),
    billing_interval TEXT NOT NULL,
    currency         TEXT NOT NULL,
    amount           INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;
CREATE UNIQUE INDEX prices_of ON prices (product_id, coalesce(contract_id, ''), billing_interval, currency);
CREATE INDEX prices_contract ON prices (contract_id);

-- What a reseller has, in minor units. It follows from ledger, and is what a
-- purchase is checked against.
CREATE TABLE balances (
    reseller_id  TEXT NOT NULL REFERENCES resellers (id),
    currency     TEXT NOT NULL,
    amount       INTEGER NOT NULL,
    credit_limit INTEGER NOT NULL CHECK (credit_limit >= 0),
    PRIMARY KEY (reseller_id, currency),
    CHECK (amount >= -credit_limit)
) STRICT;

-- What a reseller has of a product's credits. It follows from credit_ledger.
CREATE TABLE credits (
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    product_id  TEXT NOT NULL REFERENCES products (id),
    amount      INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (reseller_id, product_id)
) STRICT;

CREATE TABLE counters (
    scope TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE orders (
    id                TEXT PRIMARY KEY,
    reseller_id       TEXT NOT NULL REFERENCES resellers (id),
    number            TEXT NOT NULL,
    kind              TEXT NOT NULL,
    state             TEXT NOT NULL,
    contract_id       TEXT NOT NULL REFERENCES contracts (id),
    company_id        TEXT REFERENCES companies (id),
    token_id          TEXT NOT NULL,
    buyer             TEXT NOT NULL,
    payment           TEXT NOT NULL,
    currency          TEXT NOT NULL,
    amount            INTEGER NOT NULL CHECK (amount >= 0),
    credits           INTEGER NOT NULL CHECK (credits >= 0),
    distributor       TEXT NOT NULL,
    invoice_reference TEXT NOT NULL,
    note              TEXT NOT NULL,
    intent            TEXT NOT NULL,
    undo              TEXT NOT NULL,
    payment_provider  TEXT NOT NULL,
    payment_reference TEXT NOT NULL,
    payment_url       TEXT NOT NULL,
    expires_at        TEXT,
    refunded_at       TEXT,
    mailed_at         TEXT,
    created_at        TEXT NOT NULL,
    search_text       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX orders_number ON orders (reseller_id, number);
CREATE INDEX orders_reseller ON orders (reseller_id, id);
CREATE INDEX orders_company ON orders (company_id);
CREATE INDEX orders_created ON orders (reseller_id, created_at);
CREATE INDEX orders_pending ON orders (expires_at) WHERE state = 'pending';

-- Append-only: the sum of a reseller's entries in a currency is its balance.
CREATE TABLE ledger (
    id          TEXT PRIMARY KEY,
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    currency    TEXT NOT NULL,
    kind        TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    balance     INTEGER NOT NULL,
    order_id    TEXT REFERENCES orders (id),
    note        TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_reseller ON ledger (reseller_id, id);
CREATE INDEX ledger_order ON ledger (order_id);

-- Append-only: the sum of a reseller's entries of a product is its credits.
CREATE TABLE credit_ledger (
    id          TEXT PRIMARY KEY,
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    product_id  TEXT NOT NULL REFERENCES products (id),
    kind        TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    balance     INTEGER NOT NULL,
    order_id    TEXT REFERENCES orders (id),
    peer_id     TEXT REFERENCES resellers (id),
    note        TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX credit_ledger_reseller ON credit_ledger (reseller_id, id);
CREATE INDEX credit_ledger_order ON credit_ledger (order_id);

-- A purchase as it was previewed, to be bought exactly so.
CREATE TABLE quotes (
    id          TEXT PRIMARY KEY,
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    purchase    TEXT NOT NULL,
    deal        TEXT NOT NULL,
    order_id    TEXT REFERENCES orders (id),
    expires_at  TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_reseller ON quotes (reseller_id, id);

CREATE TABLE licenses (
    id                TEXT PRIMARY KEY,
    reseller_id       TEXT NOT NULL REFERENCES resellers (id),
    coupon            TEXT NOT NULL UNIQUE,
    company_id        TEXT REFERENCES companies (id),
    product_id        TEXT NOT NULL REFERENCES products (id),
    contract_id       TEXT NOT NULL REFERENCES contracts (id),
    order_id          TEXT NOT NULL REFERENCES orders (id),
    name              TEXT NOT NULL,
    email             TEXT NOT NULL,
    note              TEXT NOT NULL,
    quantity          INTEGER NOT NULL CHECK (quantity > 0),
    key_seats         INTEGER NOT NULL,
    devices           INTEGER NOT NULL,
    term              TEXT NOT NULL,
    starts_on         TEXT NOT NULL,
    ends_on           TEXT,
    anchor_day        INTEGER NOT NULL,
    amount            INTEGER NOT NULL,
    currency          TEXT NOT NULL,
    billing           TEXT NOT NULL,
    invoice_reference TEXT NOT NULL,
    distributor       TEXT NOT NULL,
    auto_renew        INTEGER NOT NULL,
    renewal_failed_on TEXT,
    activated_at      TEXT,
    paused_at         TEXT,
    refunded_at       TEXT,
    deleted_at        TEXT,
    version           INTEGER NOT NULL,
    created_at        TEXT NOT NULL,
    updated_at        TEXT NOT NULL,
    search_text       TEXT NOT NULL,
    CHECK (key_seats >= 0 AND key_seats <= quantity),
    CHECK (devices >= 0 AND devices <= quantity)
) STRICT;
-- Unique, so that an export of keys license by license needs no sorting.
CREATE UNIQUE INDEX licenses_reseller ON licenses (reseller_id, id);
CREATE INDEX licenses_company ON licenses (company_id);
CREATE INDEX licenses_order ON licenses (order_id);
CREATE INDEX licenses_ends ON licenses (reseller_id, ends_on);
CREATE INDEX licenses_renewals ON licenses (ends_on) WHERE auto_renew;
CREATE INDEX licenses_stock ON licenses (reseller_id, product_id, ends_on) WHERE company_id IS NULL;

CREATE TABLE license_serials (
    product_id TEXT NOT NULL REFERENCES products (id),
    serial     TEXT NOT NULL,
    license_id TEXT NOT NULL REFERENCES licenses (id),
    PRIMARY KEY (product_id, serial)
) STRICT;
CREATE INDEX license_serials_license ON license_serials (license_id);

-- One trial for each company and product, ever.
CREATE TABLE trials (
    company_id TEXT NOT NULL REFERENCES companies (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    license_id TEXT NOT NULL REFERENCES licenses (id),
    PRIMARY KEY (company_id, product_id)
) STRICT;

CREATE TABLE invoices (
    id          TEXT PRIMARY KEY,
    seller_id   TEXT NOT NULL,
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    company_id  TEXT REFERENCES companies (id),
    order_id    TEXT REFERENCES orders (id),
    cancels_id  TEXT REFERENCES invoices (id),
    kind        TEXT NOT NULL,
    number      TEXT NOT NULL,
    state       TEXT NOT NULL,
    currency    TEXT NOT NULL,
    net         INTEGER NOT NULL,
    tax_rate    INTEGER NOT NULL,
    tax         INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    email       TEXT NOT NULL,
    language    TEXT NOT NULL,
    seller      TEXT NOT NULL,
    buyer       TEXT NOT NULL,
    note        TEXT NOT NULL,
    issued_on   TEXT NOT NULL,
    due_on      TEXT,
    paid_on     TEXT,
    mailed_at   TEXT,
    mail_error  TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_at  TEXT NOT NULL,
    search_text TEXT NOT NULL,
    CHECK (net + tax = amount)
) STRICT;
CREATE UNIQUE INDEX invoices_number ON invoices (seller_id, number);
CREATE INDEX invoices_seller ON invoices (seller_id, id);
CREATE INDEX invoices_reseller ON invoices (reseller_id, id);
CREATE INDEX invoices_company ON invoices (company_id);
CREATE INDEX invoices_order ON invoices (order_id);
CREATE UNIQUE INDEX invoices_cancels ON invoices (cancels_id);

CREATE TABLE order_lines (
    id               TEXT PRIMARY KEY,
    order_id         TEXT NOT NULL REFERENCES orders (id),
    license_id       TEXT NOT NULL REFERENCES licenses (id),
    product_id       TEXT NOT NULL REFERENCES products (id),
    description      TEXT NOT NULL,
    term             TEXT NOT NULL,
    quantity         INTEGER NOT NULL,
    unit_price       INTEGER NOT NULL,
    billing_interval TEXT NOT NULL,
    amount           INTEGER NOT NULL,
    list_price       INTEGER NOT NULL,
    list_amount      INTEGER NOT NULL,
    starts_on        TEXT NOT NULL,
    ends_on          TEXT,
    invoice_id       TEXT REFERENCES invoices (id)
) STRICT;
CREATE INDEX order_lines_order ON order_lines (order_id);
CREATE INDEX order_lines_license ON order_lines (license_id);

CREATE TABLE invoice_lines (
    id                TEXT PRIMARY KEY,
    invoice_id        TEXT NOT NULL REFERENCES invoices (id),
    license_id        TEXT NOT NULL REFERENCES licenses (id),
    order_line_id     TEXT NOT NULL REFERENCES order_lines (id),
    description       TEXT NOT NULL,
    quantity          INTEGER NOT NULL,
    unit_price        INTEGER NOT NULL,
    billing_interval  TEXT NOT NULL,
    amount            INTEGER NOT NULL,
    starts_on         TEXT NOT NULL,
    ends_on           TEXT,
    invoice_reference TEXT NOT NULL
) STRICT;
CREATE INDEX invoice_lines_invoice ON invoice_lines (invoice_id);
CREATE INDEX invoice_lines_order_line ON invoice_lines (order_line_id);
CREATE INDEX invoice_lines_license ON invoice_lines (license_id);

-- seq is the order of insertion, in which keys are exported: a batch of keys is
-- inserted by code, so that it does not jump about in keys_code.
CREATE TABLE keys (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    license_id  TEXT REFERENCES licenses (id),
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    seats       INTEGER NOT NULL CHECK (seats > 0),
    devices     INTEGER NOT NULL DEFAULT 0 CHECK (devices >= 0 AND devices <= seats),
    created_at  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX keys_code ON keys (code);
CREATE UNIQUE INDEX keys_id ON keys (id);
CREATE INDEX keys_reseller ON keys (reseller_id, seq);
CREATE INDEX keys_license ON keys (license_id, seq);

-- Licenses that a key unlocks beside its first, which is in keys.
CREATE TABLE key_licenses (
    key_id     TEXT NOT NULL REFERENCES keys (id),
    license_id TEXT NOT NULL REFERENCES licenses (id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (key_id, license_id)
) STRICT;
CREATE INDEX key_licenses_license ON key_licenses (license_id);

-- Activations: one row for each time that a device was activated.
CREATE TABLE devices (
    id             TEXT PRIMARY KEY,
    reseller_id    TEXT NOT NULL REFERENCES resellers (id),
    license_id     TEXT NOT NULL REFERENCES licenses (id),
    key_id         TEXT REFERENCES keys (id),
    serial         TEXT NOT NULL,
    name           TEXT NOT NULL,
    activated_at   TEXT NOT NULL,
    deactivated_at TEXT,
    search_text    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX devices_active ON devices (license_id, serial) WHERE deactivated_at IS NULL;
CREATE INDEX devices_reseller ON devices (reseller_id, id);
CREATE INDEX devices_license ON devices (license_id, id);
CREATE INDEX devices_key ON devices (key_id);
CREATE INDEX devices_serial ON devices (serial);

-- Activation links; only the hash of the secret in the URL is kept.
CREATE TABLE links (
    id          TEXT PRIMARY KEY,
    reseller_id TEXT NOT NULL REFERENCES resellers (id),
    license_id  TEXT NOT NULL REFERENCES licenses (id),
    hash        TEXT NOT NULL UNIQUE,
    email       TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    used_at     TEXT,
    revoked_at  TEXT,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX links_license ON links (license_id);

-- What a request with an idempotency key answered, so that it can answer the same again.
CREATE TABLE idempotency (
    owner        TEXT NOT NULL,
    key          TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    response     TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT;
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE events (
    id          TEXT PRIMARY KEY,
    reseller_id TEXT REFERENCES resellers (id),
    token_id    TEXT NOT NULL,
    actor       TEXT NOT NULL,
    type        TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    license_id  TEXT,
    company_id  TEXT,
    order_id    TEXT,
    request_id  TEXT NOT NULL,
    data        TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX events_reseller ON events (reseller_id, id);
CREATE INDEX events_resource ON events (resource_id);
CREATE INDEX events_license ON events (license_id, id);
CREATE INDEX events_company ON events (company_id, id);

-- +goose Down
DROP TABLE events;
DROP TABLE idempotency;
DROP TABLE links;
DROP TABLE devices;
DROP TABLE key_licenses;
DROP TABLE keys;
DROP TABLE invoice_lines;
DROP TABLE order_lines;
DROP TABLE invoices;
DROP TABLE trials;
DROP TABLE license_serials;
DROP TABLE licenses;
DROP TABLE quotes;
DROP TABLE credit_ledger;
DROP TABLE ledger;
DROP TABLE orders;
DROP TABLE counters;
DROP TABLE credits;
DROP TABLE balances;
DROP TABLE prices;
DROP TABLE contracts;
DROP TABLE reseller_products;
DROP TABLE products;
DROP TABLE locations;
DROP TABLE companies;
DROP TABLE tokens;
DROP TABLE users;
DROP TABLE resellers;
DROP TABLE vendor;
