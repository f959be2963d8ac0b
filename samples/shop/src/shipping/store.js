"use strict";
const fs = require("node:fs");
const { fileURLToPath } = require("node:url");
const { Database } = require("node-sqlite3-wasm");

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS shipments (
    "order"     TEXT PRIMARY KEY,
    state       TEXT NOT NULL,
    due_at      INTEGER,              -- when the next state comes, in ms since 1970; null when there is none
    tracking    TEXT NOT NULL,
    lines       TEXT NOT NULL,        -- JSON
    history     TEXT NOT NULL,        -- JSON: [{ state, at }]
    traceparent TEXT                  -- of the request that asked for it, so that later steps join its trace
  );
  CREATE INDEX IF NOT EXISTS shipments_due ON shipments (due_at) WHERE due_at IS NOT NULL;`;

/** Opens the store that SHIPPING_DB_URL names (`file:/…/shipping-db.db`), or one in the current folder. */
exports.openStore = function openStore(url = process.env.SHIPPING_DB_URL) {
  const file = url ? pathOf(url) : "shipping.db";
  // This driver's lock is a folder, which a killed process leaves behind. Shipping runs once, so a lock found here is its own.
  fs.rmSync(`${file}.lock`, { recursive: true, force: true });
  const db = new Database(file);
  db.exec(SCHEMA);
  return new Store(db);
};

const pathOf = (url) => (url.startsWith("file:") ? fileURLToPath(url) : url);

class Store {
  #db;

  constructor(db) {
    this.#db = db;
  }

  find(order) {
    return read(this.#db.get('SELECT * FROM shipments WHERE "order" = ?', [order]));
  }

  due(now) {
    return this.#db.all("SELECT * FROM shipments WHERE due_at <= ? ORDER BY due_at LIMIT 100", [now]).map(read);
  }

  save(shipment) {
    const { order, state, dueAt, tracking, lines, history, traceparent } = shipment;
    this.#db.run("INSERT OR REPLACE INTO shipments VALUES (?, ?, ?, ?, ?, ?, ?)", [
      order, state, dueAt, tracking, JSON.stringify(lines), JSON.stringify(history), traceparent,
    ]);
  }

  close() {
    this.#db.close();
  }
}

function read(row) {
  if (!row) return null;
  const { order, state, due_at: dueAt, tracking, lines, history, traceparent } = row;
  return { order, state, dueAt, tracking, lines: JSON.parse(lines), history: JSON.parse(history), traceparent };
}
