"use strict";
// The client hands a body of `false` on as undefined, so a refused write is asserted as falsy.
// Runs one scenario of the ordinary npm client against a registry: node run.js SCENARIO PORT. Exit code 0 when everything it asserts holds.
const assert = require("node:assert/strict");
const { once } = require("node:events");
const Consul = require("consul");

const [scenario, port] = process.argv.slice(2);
const consul = new Consul({ host: "127.0.0.1", port: Number(port) });

const scenarios = {
  async register() {
    await consul.agent.service.register({
      name: "web", id: "web-1", address: "10.0.0.7", port: 8080, tags: ["blue"], meta: { version: "2" },
      check: { ttl: "30s", status: "passing" },
    });
    const services = await consul.agent.services();
    assert.equal(services["web-1"].Port, 8080);
    assert.deepEqual(services["web-1"].Tags, ["blue"]);

    const found = await consul.health.service({ service: "web", passing: true });
    assert.equal(found.length, 1);
    assert.equal(found[0].Service.Address, "10.0.0.7");
    assert.equal(found[0].Service.Meta.version, "2");
    assert.ok(found[0].Checks.some((check) => check.CheckID === "service:web-1" && check.Status === "passing"));

    await consul.agent.service.deregister("web-1");
    assert.deepEqual(await consul.health.service("web"), []);
  },

  async health() {
    await consul.agent.service.register({ name: "web", check: { ttl: "1h" } });
    assert.equal((await consul.health.service({ service: "web", passing: true })).length, 0);
    await consul.agent.check.pass({ id: "service:web", note: "all good" });
    assert.equal((await consul.health.service({ service: "web", passing: true })).length, 1);
    await consul.agent.check.warn("service:web");
    assert.equal((await consul.health.state("warning"))[0].ServiceName, "web");
    await consul.agent.check.fail({ id: "service:web", note: "down" });
    const [check] = await consul.health.checks("web");
    assert.equal(check.Status, "critical");
    assert.equal(check.Output, "down");

    await consul.agent.check.register({ name: "disk", ttl: "15s", status: "passing" });
    assert.equal((await consul.agent.checks()).disk.Status, "passing");
    await consul.agent.check.deregister("disk");
    assert.equal((await consul.agent.checks()).disk, undefined);

    await consul.agent.check.pass("service:web");
    await consul.agent.service.maintenance({ id: "web", enable: true, reason: "upgrade" });
    assert.equal((await consul.health.service({ service: "web", passing: true })).length, 0);
    await consul.agent.service.maintenance({ id: "web", enable: false });
    assert.equal((await consul.health.service({ service: "web", passing: true })).length, 1);
  },

  async watch() {
    const seen = [];
    const watch = consul.watch({ method: consul.health.service, options: { service: "web", passing: true, wait: "10s" }, backoffFactor: 10 });
    watch.on("change", (data) => seen.push(data.length));
    watch.on("error", (error) => { throw error; });
    await once(watch, "change");
    await consul.agent.service.register({ name: "web", id: "a", check: { ttl: "1h", status: "passing" } });
    await until(() => seen.at(-1) === 1, () => `one instance: ${seen}`);
    await consul.agent.check.fail("service:a");
    await until(() => seen.at(-1) === 0, () => `none is well: ${seen}`);
    watch.end();
  },

  async "watch-missing-key"() {
    const values = [];
    const watch = consul.watch({ method: consul.kv.get, options: { key: "config/late", wait: "10s" } });
    watch.on("change", (data) => values.push(data && data.Value));
    watch.on("error", (error) => { throw error; });
    await once(watch, "change");
    await consul.kv.set("config/late", "now");
    await until(() => values.at(-1) === "now", () => `the value: ${values}`);
    await consul.kv.del("config/late");
    await until(() => values.at(-1) === undefined, () => `gone again: ${values}`);
    watch.end();
  },

  async kv() {
    assert.equal(await consul.kv.get("absent"), undefined);
    assert.equal(await consul.kv.set("app/a b/ü", "one"), true);
    const first = await consul.kv.get("app/a b/ü");
    assert.equal(first.Value, "one");
    assert.ok(!(await consul.kv.set({ key: "app/a b/ü", value: "stale", cas: "1" })));
    assert.equal(await consul.kv.set({ key: "app/a b/ü", value: "two", cas: String(first.ModifyIndex), flags: 42 }), true);
    const second = await consul.kv.get("app/a b/ü");
    assert.deepEqual([second.Value, second.Flags, second.CreateIndex], ["two", 42, first.CreateIndex]);
    assert.ok(second.ModifyIndex > first.ModifyIndex);
    assert.equal(await consul.kv.set({ key: "app/new", value: "x", cas: "0" }), true);
    assert.ok(!(await consul.kv.set({ key: "app/new", value: "y", cas: "0" })));
    assert.equal(String(await consul.kv.get({ key: "app/new", raw: true })), "x");
    assert.deepEqual(await consul.kv.keys("app/"), ["app/a b/ü", "app/new"]);
    assert.deepEqual(await consul.kv.keys({ key: "app/", separator: "/" }), ["app/a b/", "app/new"]);
    assert.equal((await consul.kv.get({ key: "app/", recurse: true })).length, 2);
    await consul.kv.del({ key: "app/", recurse: true });
    assert.equal(await consul.kv.get({ key: "app/", recurse: true }), undefined);
  },

  async lock() {
    const one = (await consul.session.create({ name: "one", ttl: "30s", lockdelay: "1s" })).ID;
    const two = (await consul.session.create({ ttl: "30s", behavior: "delete" })).ID;
    assert.equal(await consul.kv.set({ key: "leader", value: "one", acquire: one }), true);
    assert.ok(!(await consul.kv.set({ key: "leader", value: "two", acquire: two })));
    const held = await consul.kv.get("leader");
    assert.deepEqual([held.Session, held.LockIndex, held.Value], [one, 1, "one"]);
    assert.equal((await consul.session.renew(one))[0].ID, one);
    assert.equal(await consul.kv.set({ key: "leader", value: "", release: one }), true);
    assert.equal(await consul.kv.set({ key: "leader", value: "two", acquire: two }), true);
    assert.equal((await consul.kv.get("leader")).LockIndex, 2);
    assert.equal((await consul.session.list()).length, 2);
    await consul.session.destroy(two);
    assert.equal(await consul.kv.get("leader"), undefined);
    assert.ok(!(await consul.kv.set({ key: "leader", value: "one", acquire: one })), "the lock-delay of 15 s holds");
    assert.equal(await consul.session.get(two), undefined);
    await assert.rejects(consul.session.renew(two), { statusCode: 404 });
  },

  async catalog() {
    await consul.agent.service.register({ name: "web", id: "web-1", tags: ["blue", "green"], port: 1 });
    await consul.agent.service.register({ name: "web", id: "web-2", tags: ["blue"], port: 2 });
    const services = await consul.catalog.service.list();
    assert.deepEqual(services.web, ["blue", "green"]);
    assert.equal((await consul.catalog.service.nodes({ service: "web", tag: "green" })).length, 1);
    assert.deepEqual(await consul.catalog.datacenters(), ["dc1"]);
    const [node] = await consul.catalog.node.list();
    assert.equal(node.Node, "conway");
    assert.deepEqual(Object.keys((await consul.catalog.node.services("conway")).Services), ["web-1", "web-2"]);
    assert.equal((await consul.agent.self()).Config.NodeName, "conway");
    assert.equal((await consul.agent.members()).length, 1);
    assert.match(await consul.status.leader(), /^127\.0\.0\.1:\d+$/);
    assert.equal((await consul.status.peers()).length, 1);
  },

  async transaction() {
    const value = Buffer.from("v").toString("base64");
    const done = await consul.transaction.create([
      { KV: { Verb: "set", Key: "t/a", Value: value } },
      { KV: { Verb: "get", Key: "t/a" } },
    ]);
    assert.equal(done.Results.length, 2);
    assert.equal(done.Results[1].KV.Value, value);
    await assert.rejects(consul.transaction.create([
      { KV: { Verb: "set", Key: "t/b", Value: value } },
      { KV: { Verb: "check-not-exists", Key: "t/a" } },
    ]), { statusCode: 409 });
    assert.equal(await consul.kv.get("t/b"), undefined);
  },
};

async function until(holds, describe) {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never came true: ${describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

scenarios[scenario]().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
