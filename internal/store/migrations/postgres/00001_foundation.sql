-- +goose Up
CREATE TABLE vendor (
    singleton   BIGINT PRIMARY KEY CHECK (singleton = 1),
    name        TEXT COLLATE "C" NOT NULL,
    time_zone   TEXT COLLATE "C" NOT NULL,
    mail_from   TEXT COLLATE "C" NOT NULL,
    address     TEXT COLLATE "C" NOT NULL,
    postal_code TEXT COLLATE "C" NOT NULL,
    city        TEXT COLLATE "C" NOT NULL,
    country     TEXT COLLATE "C" NOT NULL,
    vat_id      TEXT COLLATE "C" NOT NULL,
    tax_rate    BIGINT NOT NULL,
    cursor_key  TEXT COLLATE "C" NOT NULL,
    signing_key TEXT COLLATE "C" NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL
);

CREATE TABLE resellers (
    id          TEXT COLLATE "C" PRIMARY KEY,
    login       TEXT COLLATE "C" NOT NULL UNIQUE,
    name        TEXT COLLATE "C" NOT NULL,
    email       TEXT COLLATE "C" NOT NULL,
    parent_id   TEXT COLLATE "C" REFERENCES resellers (id),
    address     TEXT COLLATE "C" NOT NULL,
    postal_code TEXT COLLATE "C" NOT NULL,
    city        TEXT COLLATE "C" NOT NULL,
    country     TEXT COLLATE "C" NOT NULL,
    vat_id      TEXT COLLATE "C" NOT NULL,
    language    TEXT COLLATE "C" NOT NULL,
    tax_rate    BIGINT NOT NULL,
    note        TEXT COLLATE "C" NOT NULL,
    disabled_at TEXT COLLATE "C",
    version     BIGINT NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL,
    updated_at  TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL
);
CREATE INDEX resellers_parent ON resellers (parent_id);

-- People who sign in with a password; the vendor's own have no reseller.
CREATE TABLE users (
    id            TEXT COLLATE "C" PRIMARY KEY,
    reseller_id   TEXT COLLATE "C" REFERENCES resellers (id),
    login         TEXT COLLATE "C" NOT NULL UNIQUE,
    email         TEXT COLLATE "C" NOT NULL,
    name          TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    contracts     TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    password_mail TEXT COLLATE "C" NOT NULL,
    disabled_at   TEXT COLLATE "C",
    version       BIGINT NOT NULL,
    created_at    TEXT COLLATE "C" NOT NULL,
    updated_at    TEXT COLLATE "C" NOT NULL,
    search_text   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX users_reseller ON users (reseller_id, id);
CREATE INDEX users_email ON users (email);

CREATE TABLE tokens (
    id          TEXT COLLATE "C" PRIMARY KEY,
    reseller_id TEXT COLLATE "C" REFERENCES resellers (id),
    user_id     TEXT COLLATE "C" REFERENCES users (id),
    name        TEXT COLLATE "C" NOT NULL,
    hash        TEXT COLLATE "C" NOT NULL UNIQUE,
    scopes      TEXT COLLATE "C" NOT NULL,
    contracts   TEXT COLLATE "C" NOT NULL,
    expires_at  TEXT COLLATE "C",
    revoked_at  TEXT COLLATE "C",
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX tokens_reseller ON tokens (reseller_id, id);
CREATE INDEX tokens_user ON tokens (user_id);

CREATE TABLE companies (
    id              TEXT COLLATE "C" PRIMARY KEY,
    reseller_id     TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    name            TEXT COLLATE "C" NOT NULL,
    alternate_name  TEXT COLLATE "C" NOT NULL,
    domain          TEXT COLLATE "C",
    email           TEXT COLLATE "C" NOT NULL,
    phone           TEXT COLLATE "C" NOT NULL,
    country         TEXT COLLATE "C" NOT NULL,
    address         TEXT COLLATE "C" NOT NULL,
    postal_code     TEXT COLLATE "C" NOT NULL,
    city            TEXT COLLATE "C" NOT NULL,
    vat_id          TEXT COLLATE "C" NOT NULL,
    note            TEXT COLLATE "C" NOT NULL,
    setup_assistant BOOLEAN NOT NULL,
    language        TEXT COLLATE "C" NOT NULL,
    version         BIGINT NOT NULL,
    created_at      TEXT COLLATE "C" NOT NULL,
    updated_at      TEXT COLLATE "C" NOT NULL,
    search_text     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX companies_email ON companies (reseller_id, email);
CREATE UNIQUE INDEX companies_domain ON companies (reseller_id, domain);
CREATE INDEX companies_reseller ON companies (reseller_id, id);
CREATE INDEX companies_name ON companies (reseller_id, name);

CREATE TABLE locations (
    id          TEXT COLLATE "C" PRIMARY KEY,
    company_id  TEXT COLLATE "C" NOT NULL REFERENCES companies (id),
    name        TEXT COLLATE "C" NOT NULL,
    address     TEXT COLLATE "C" NOT NULL,
    postal_code TEXT COLLATE "C" NOT NULL,
    city        TEXT COLLATE "C" NOT NULL,
    country     TEXT COLLATE "C" NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX locations_company ON locations (company_id, name);

CREATE TABLE products (
    id                 TEXT COLLATE "C" PRIMARY KEY,
    sku                TEXT COLLATE "C" NOT NULL UNIQUE,
    name               TEXT COLLATE "C" NOT NULL,
    kind               TEXT COLLATE "C" NOT NULL,
    metric             TEXT COLLATE "C" NOT NULL,
    family             TEXT COLLATE "C" NOT NULL,
    edition            TEXT COLLATE "C" NOT NULL,
    terms              TEXT COLLATE "C" NOT NULL,
    calendar_proration TEXT COLLATE "C" NOT NULL,
    refund_days        BIGINT NOT NULL,
    created_at         TEXT COLLATE "C" NOT NULL
);
CREATE INDEX products_family ON products (family, edition);

-- What a sub-reseller may sell; one without rows may sell everything.
CREATE TABLE reseller_products (
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    product_id  TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    PRIMARY KEY (reseller_id, product_id)
);

CREATE TABLE contracts (
    id          TEXT COLLATE "C" PRIMARY KEY,
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    number      TEXT COLLATE "C" NOT NULL UNIQUE,
    name        TEXT COLLATE "C" NOT NULL,
    conditions  TEXT COLLATE "C" NOT NULL,
    currency    TEXT COLLATE "C" NOT NULL,
    payments    TEXT COLLATE "C" NOT NULL,
    distributor TEXT COLLATE "C" NOT NULL,
    starts_on   TEXT COLLATE "C" NOT NULL,
    ends_on     TEXT COLLATE "C",
    closed_at   TEXT COLLATE "C",
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX contracts_reseller ON contracts (reseller_id, id);

-- Unit prices in minor units: list prices without a contract, and what a contract
-- sells and for how much.
CREATE TABLE prices (
    contract_id      TEXT COLLATE "C" REFERENCES contracts (id),
    product_id       TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    billing_interval TEXT COLLATE "C" NOT NULL,
    currency         TEXT COLLATE "C" NOT NULL,
    amount           BIGINT NOT NULL CHECK (amount >= 0)
);
CREATE UNIQUE INDEX prices_of ON prices (product_id, coalesce(contract_id, ''), billing_interval, currency);
CREATE INDEX prices_contract ON prices (contract_id);

-- What a reseller has, in minor units. It follows from ledger, and is what a
-- purchase is checked against.
CREATE TABLE balances (
    reseller_id  TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    currency     TEXT COLLATE "C" NOT NULL,
    amount       BIGINT NOT NULL,
    credit_limit BIGINT NOT NULL CHECK (credit_limit >= 0),
    PRIMARY KEY (reseller_id, currency),
    CHECK (amount >= -credit_limit)
);

-- What a reseller has of a product's credits. It follows from credit_ledger.
CREATE TABLE credits (
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    product_id  TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    amount      BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (reseller_id, product_id)
);

CREATE TABLE counters (
    scope TEXT COLLATE "C" PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE orders (
    id                TEXT COLLATE "C" PRIMARY KEY,
    reseller_id       TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    number            TEXT COLLATE "C" NOT NULL,
    kind              TEXT COLLATE "C" NOT NULL,
    state             TEXT COLLATE "C" NOT NULL,
    contract_id       TEXT COLLATE "C" NOT NULL REFERENCES contracts (id),
    company_id        TEXT COLLATE "C" REFERENCES companies (id),
    token_id          TEXT COLLATE "C" NOT NULL,
    buyer             TEXT COLLATE "C" NOT NULL,
    payment           TEXT COLLATE "C" NOT NULL,
    currency          TEXT COLLATE "C" NOT NULL,
    amount            BIGINT NOT NULL CHECK (amount >= 0),
    credits           BIGINT NOT NULL CHECK (credits >= 0),
    distributor       TEXT COLLATE "C" NOT NULL,
    invoice_reference TEXT COLLATE "C" NOT NULL,
    note              TEXT COLLATE "C" NOT NULL,
    intent            TEXT COLLATE "C" NOT NULL,
    undo              TEXT COLLATE "C" NOT NULL,
    payment_provider  TEXT COLLATE "C" NOT NULL,
    payment_reference TEXT COLLATE "C" NOT NULL,
    payment_url       TEXT COLLATE "C" NOT NULL,
    expires_at        TEXT COLLATE "C",
    refunded_at       TEXT COLLATE "C",
    mailed_at         TEXT COLLATE "C",
    created_at        TEXT COLLATE "C" NOT NULL,
    search_text       TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX orders_number ON orders (reseller_id, number);
CREATE INDEX orders_reseller ON orders (reseller_id, id);
CREATE INDEX orders_company ON orders (company_id);
CREATE INDEX orders_created ON orders (reseller_id, created_at);
CREATE INDEX orders_pending ON orders (expires_at) WHERE state = 'pending';

-- Append-only: the sum of a reseller's entries in a currency is its balance.
CREATE TABLE ledger (
    id          TEXT COLLATE "C" PRIMARY KEY,
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    currency    TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    amount      BIGINT NOT NULL,
    balance     BIGINT NOT NULL,
    order_id    TEXT COLLATE "C" REFERENCES orders (id),
    note        TEXT COLLATE "C" NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX ledger_reseller ON ledger (reseller_id, id);
CREATE INDEX ledger_order ON ledger (order_id);

-- Append-only: the sum of a reseller's entries of a product is its credits.
CREATE TABLE credit_ledger (
    id          TEXT COLLATE "C" PRIMARY KEY,
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    product_id  TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    kind        TEXT COLLATE "C" NOT NULL,
    amount      BIGINT NOT NULL,
    balance     BIGINT NOT NULL,
    order_id    TEXT COLLATE "C" REFERENCES orders (id),
    peer_id     TEXT COLLATE "C" REFERENCES resellers (id),
    note        TEXT COLLATE "C" NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX credit_ledger_reseller ON credit_ledger (reseller_id, id);
CREATE INDEX credit_ledger_order ON credit_ledger (order_id);

-- A purchase as it was previewed, to be bought exactly so.
CREATE TABLE quotes (
    id          TEXT COLLATE "C" PRIMARY KEY,
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    purchase    TEXT COLLATE "C" NOT NULL,
    deal        TEXT COLLATE "C" NOT NULL,
    order_id    TEXT COLLATE "C" REFERENCES orders (id),
    expires_at  TEXT COLLATE "C" NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX quotes_reseller ON quotes (reseller_id, id);

CREATE TABLE licenses (
    id                TEXT COLLATE "C" PRIMARY KEY,
    reseller_id       TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    coupon            TEXT COLLATE "C" NOT NULL UNIQUE,
    company_id        TEXT COLLATE "C" REFERENCES companies (id),
    product_id        TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    contract_id       TEXT COLLATE "C" NOT NULL REFERENCES contracts (id),
    order_id          TEXT COLLATE "C" NOT NULL REFERENCES orders (id),
    name              TEXT COLLATE "C" NOT NULL,
    email             TEXT COLLATE "C" NOT NULL,
    note              TEXT COLLATE "C" NOT NULL,
    quantity          BIGINT NOT NULL CHECK (quantity > 0),
    key_seats         BIGINT NOT NULL,
    devices           BIGINT NOT NULL,
    term              TEXT COLLATE "C" NOT NULL,
    starts_on         TEXT COLLATE "C" NOT NULL,
    ends_on           TEXT COLLATE "C",
    anchor_day        BIGINT NOT NULL,
    amount            BIGINT NOT NULL,
    currency          TEXT COLLATE "C" NOT NULL,
    billing           TEXT COLLATE "C" NOT NULL,
    invoice_reference TEXT COLLATE "C" NOT NULL,
    distributor       TEXT COLLATE "C" NOT NULL,
    auto_renew        BOOLEAN NOT NULL,
    renewal_failed_on TEXT COLLATE "C",
    activated_at      TEXT COLLATE "C",
    paused_at         TEXT COLLATE "C",
    refunded_at       TEXT COLLATE "C",
    deleted_at        TEXT COLLATE "C",
    version           BIGINT NOT NULL,
    created_at        TEXT COLLATE "C" NOT NULL,
    updated_at        TEXT COLLATE "C" NOT NULL,
    search_text       TEXT COLLATE "C" NOT NULL,
    CHECK (key_seats >= 0 AND key_seats <= quantity),
    CHECK (devices >= 0 AND devices <= quantity)
);
-- Unique, so that an export of keys license by license needs no sorting.
CREATE UNIQUE INDEX licenses_reseller ON licenses (reseller_id, id);
CREATE INDEX licenses_company ON licenses (company_id);
CREATE INDEX licenses_order ON licenses (order_id);
CREATE INDEX licenses_ends ON licenses (reseller_id, ends_on);
CREATE INDEX licenses_renewals ON licenses (ends_on) WHERE auto_renew;
CREATE INDEX licenses_stock ON licenses (reseller_id, product_id, ends_on) WHERE company_id IS NULL;

CREATE TABLE license_serials (
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    serial     TEXT COLLATE "C" NOT NULL,
    license_id TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    PRIMARY KEY (product_id, serial)
);
CREATE INDEX license_serials_license ON license_serials (license_id);

-- One trial for each company and product, ever.
CREATE TABLE trials (
    company_id TEXT COLLATE "C" NOT NULL REFERENCES companies (id),
    product_id TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    license_id TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    PRIMARY KEY (company_id, product_id)
);

CREATE TABLE invoices (
    id          TEXT COLLATE "C" PRIMARY KEY,
    seller_id   TEXT COLLATE "C" NOT NULL,
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    company_id  TEXT COLLATE "C" REFERENCES companies (id),
    order_id    TEXT COLLATE "C" REFERENCES orders (id),
    cancels_id  TEXT COLLATE "C" REFERENCES invoices (id),
    kind        TEXT COLLATE "C" NOT NULL,
    number      TEXT COLLATE "C" NOT NULL,
    state       TEXT COLLATE "C" NOT NULL,
    currency    TEXT COLLATE "C" NOT NULL,
    net         BIGINT NOT NULL,
    tax_rate    BIGINT NOT NULL,
    tax         BIGINT NOT NULL,
    amount      BIGINT NOT NULL,
    email       TEXT COLLATE "C" NOT NULL,
    language    TEXT COLLATE "C" NOT NULL,
    seller      TEXT COLLATE "C" NOT NULL,
    buyer       TEXT COLLATE "C" NOT NULL,
    note        TEXT COLLATE "C" NOT NULL,
    issued_on   TEXT COLLATE "C" NOT NULL,
    due_on      TEXT COLLATE "C",
    paid_on     TEXT COLLATE "C",
    mailed_at   TEXT COLLATE "C",
    mail_error  TEXT COLLATE "C" NOT NULL,
    version     BIGINT NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    CHECK (net + tax = amount)
);
CREATE UNIQUE INDEX invoices_number ON invoices (seller_id, number);
CREATE INDEX invoices_seller ON invoices (seller_id, id);
CREATE INDEX invoices_reseller ON invoices (reseller_id, id);
CREATE INDEX invoices_company ON invoices (company_id);
CREATE INDEX invoices_order ON invoices (order_id);
CREATE UNIQUE INDEX invoices_cancels ON invoices (cancels_id);

CREATE TABLE order_lines (
    id               TEXT COLLATE "C" PRIMARY KEY,
    order_id         TEXT COLLATE "C" NOT NULL REFERENCES orders (id),
    license_id       TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    product_id       TEXT COLLATE "C" NOT NULL REFERENCES products (id),
    description      TEXT COLLATE "C" NOT NULL,
    term             TEXT COLLATE "C" NOT NULL,
    quantity         BIGINT NOT NULL,
    unit_price       BIGINT NOT NULL,
    billing_interval TEXT COLLATE "C" NOT NULL,
    amount           BIGINT NOT NULL,
    list_price       BIGINT NOT NULL,
    list_amount      BIGINT NOT NULL,
    starts_on        TEXT COLLATE "C" NOT NULL,
    ends_on          TEXT COLLATE "C",
    invoice_id       TEXT COLLATE "C" REFERENCES invoices (id)
);
CREATE INDEX order_lines_order ON order_lines (order_id);
CREATE INDEX order_lines_license ON order_lines (license_id);

CREATE TABLE invoice_lines (
    id                TEXT COLLATE "C" PRIMARY KEY,
    invoice_id        TEXT COLLATE "C" NOT NULL REFERENCES invoices (id),
    license_id        TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    order_line_id     TEXT COLLATE "C" NOT NULL REFERENCES order_lines (id),
    description       TEXT COLLATE "C" NOT NULL,
    quantity          BIGINT NOT NULL,
    unit_price        BIGINT NOT NULL,
    billing_interval  TEXT COLLATE "C" NOT NULL,
    amount            BIGINT NOT NULL,
    starts_on         TEXT COLLATE "C" NOT NULL,
    ends_on           TEXT COLLATE "C",
    invoice_reference TEXT COLLATE "C" NOT NULL
);
CREATE INDEX invoice_lines_invoice ON invoice_lines (invoice_id);
CREATE INDEX invoice_lines_order_line ON invoice_lines (order_line_id);
CREATE INDEX invoice_lines_license ON invoice_lines (license_id);

-- seq is the order of insertion, in which keys are exported: a batch of keys is
-- inserted by code, so that it does not jump about in keys_code.
CREATE TABLE keys (
    seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          TEXT COLLATE "C" NOT NULL,
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    license_id  TEXT COLLATE "C" REFERENCES licenses (id),
    code        TEXT COLLATE "C" NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    seats       BIGINT NOT NULL CHECK (seats > 0),
    devices     BIGINT NOT NULL DEFAULT 0 CHECK (devices >= 0 AND devices <= seats),
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX keys_code ON keys (code);
CREATE UNIQUE INDEX keys_id ON keys (id);
CREATE INDEX keys_reseller ON keys (reseller_id, seq);
CREATE INDEX keys_license ON keys (license_id, seq);

-- Licenses that a key unlocks beside its first, which is in keys.
CREATE TABLE key_licenses (
    key_id     TEXT COLLATE "C" NOT NULL REFERENCES keys (id),
    license_id TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    created_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key_id, license_id)
);
CREATE INDEX key_licenses_license ON key_licenses (license_id);

-- Activations: one row for each time that a device was activated.
CREATE TABLE devices (
    id             TEXT COLLATE "C" PRIMARY KEY,
    reseller_id    TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    license_id     TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    key_id         TEXT COLLATE "C" REFERENCES keys (id),
    serial         TEXT COLLATE "C" NOT NULL,
    name           TEXT COLLATE "C" NOT NULL,
    activated_at   TEXT COLLATE "C" NOT NULL,
    deactivated_at TEXT COLLATE "C",
    search_text    TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX devices_active ON devices (license_id, serial) WHERE deactivated_at IS NULL;
CREATE INDEX devices_reseller ON devices (reseller_id, id);
CREATE INDEX devices_license ON devices (license_id, id);
CREATE INDEX devices_key ON devices (key_id);
CREATE INDEX devices_serial ON devices (serial);

-- Activation links; only the hash of the secret in the URL is kept.
CREATE TABLE links (
    id          TEXT COLLATE "C" PRIMARY KEY,
    reseller_id TEXT COLLATE "C" NOT NULL REFERENCES resellers (id),
    license_id  TEXT COLLATE "C" NOT NULL REFERENCES licenses (id),
    hash        TEXT COLLATE "C" NOT NULL UNIQUE,
    email       TEXT COLLATE "C" NOT NULL,
    expires_at  TEXT COLLATE "C" NOT NULL,
    used_at     TEXT COLLATE "C",
    revoked_at  TEXT COLLATE "C",
    created_at  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX links_license ON links (license_id);

-- What a request with an idempotency key answered, so that it can answer the same again.
CREATE TABLE idempotency (
    owner        TEXT COLLATE "C" NOT NULL,
    key          TEXT COLLATE "C" NOT NULL,
    request_hash TEXT COLLATE "C" NOT NULL,
    response     TEXT COLLATE "C" NOT NULL,
    created_at   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE events (
    id          TEXT COLLATE "C" PRIMARY KEY,
    reseller_id TEXT COLLATE "C" REFERENCES resellers (id),
    token_id    TEXT COLLATE "C" NOT NULL,
    actor       TEXT COLLATE "C" NOT NULL,
    type        TEXT COLLATE "C" NOT NULL,
    resource_id TEXT COLLATE "C" NOT NULL,
    license_id  TEXT COLLATE "C",
    company_id  TEXT COLLATE "C",
    order_id    TEXT COLLATE "C",
    request_id  TEXT COLLATE "C" NOT NULL,
    data        TEXT COLLATE "C" NOT NULL,
    created_at  TEXT COLLATE "C" NOT NULL
);
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
