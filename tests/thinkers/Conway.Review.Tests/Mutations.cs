namespace Conway.Review.Tests;

/// <summary>One edit of a model's text, and the classes that it must give: these, and no others.</summary>
/// <param name="Name">A few words.</param>
/// <param name="System"><c>shop</c> or <c>bank</c>.</param>
/// <param name="Old">What stands there, once.</param>
/// <param name="New">What stands there afterwards.</param>
/// <param name="Classes">Sorted by name.</param>
public sealed record Mutation(string Name, string System, string Old, string New, params string[] Classes)
{
    public override string ToString() => $"{System}: {Name}";

    internal IReadOnlyDictionary<string, string> Before => System == "shop" ? Reviewing.Shop : Reviewing.One(Reviewing.Bank);

    /// <summary>The files after the edit.</summary>
    public IReadOnlyDictionary<string, string> Apply(IReadOnlyDictionary<string, string> files)
    {
        var file = Assert.Single(files, f => f.Value.Contains(Old, StringComparison.Ordinal)).Key;
        var at = files[file].IndexOf(Old, StringComparison.Ordinal);
        Assert.True(files[file].IndexOf(Old, at + 1, StringComparison.Ordinal) < 0, $"'{Old}' stands twice.");
        return new Dictionary<string, string>(files) { [file] = files[file][..at] + New + files[file][(at + Old.Length)..] };
    }

    public static IReadOnlyList<Mutation> All { get; } =
    [
        // calls and chains
        new("a call on the way of users", "shop", "    calls:\n      # Not", "    calls:\n      inventory: { timeout: 200ms, required: true }\n      # Not", "critical-path-hop", "cross-team-dependency"),
        new("a call that no user waits for", "bank", "    calls: [svc-ledger]", "    calls: [svc-ledger, svc-audit]", "call-added", "cross-team-dependency"),
        new("a call less", "shop", "      shipping: { timeout: 500ms, retries: 1, budget: 1100ms }\n", "", "call-removed"),
        new("a call that closes a circle", "shop", "    api: { budget: 2s }\n    owns: { payments-db", "    api: { budget: 2s }\n    calls: { orders: 1s }\n    owns: { payments-db", "context-against-map", "critical-path-hop", "cycle-created"),
        new("a call back to who calls", "bank", "    consumes: [EvtLoanTaken]\n    slo", "    consumes: [EvtLoanTaken]\n    calls: [svc-loans]\n    slo", "context-against-map", "critical-path-hop", "cross-team-dependency", "cycle-created"),
        new("a call between contexts off the map", "bank", "    drain: 20s", "    drain: 20s\n    calls: { svc-ledger: 1s }", "context-off-map", "critical-path-hop", "cross-team-dependency"),
        new("a required call", "shop", "      payments: { timeout: 2s }", "      payments: { timeout: 2s, required: true }", "resilience-loosened"),
        new("a call that can be done without", "bank", "      svc-people: { timeout: 200ms, retries: 1, required: true }", "      svc-people: { timeout: 200ms, retries: 1 }", "resilience-tightened"),
        new("a longer timeout", "shop", "      inventory: { timeout: 500ms,", "      inventory: { timeout: 900ms,", "resilience-loosened"),
        new("a shorter timeout", "shop", "      basket: { timeout: 900ms,", "      basket: { timeout: 400ms,", "resilience-tightened"),
        new("no timeout", "bank", "      svc-loans: { timeout: 900ms, required: true }", "      svc-loans: { required: true }", "resilience-loosened"),
        new("more retries", "bank", "timeout: 200ms, retries: 1,", "timeout: 200ms, retries: 3,", "resilience-loosened"),
        new("a longer timeout and fewer retries", "bank", "timeout: 200ms, retries: 1,", "timeout: 250ms,", "resilience-loosened", "resilience-tightened"),
        new("no budget for all attempts", "bank", "{ timeout: 300ms, budget: 700ms }", "{ timeout: 300ms }", "resilience-loosened"),
        new("another way to balance", "bank", "{ timeout: 300ms, budget: 700ms }", "{ timeout: 300ms, budget: 700ms, balance: round-robin }", "call-changed"),
        new("a call by gRPC", "bank", "{ timeout: 300ms, budget: 700ms }", "{ timeout: 300ms, budget: 700ms, protocol: grpc }", "call-changed"),
        new("no ejection", "bank", "{ timeout: 300ms, budget: 700ms }", "{ timeout: 300ms, budget: 700ms, outlier: { consecutive-5xx: 0 } }", "resilience-loosened"),

        new("a call to what runs once", "bank", "    drain: 20s", "    drain: 20s\n    calls: { svc-audit: { timeout: 1s, required: true } }", "context-off-map", "critical-path-hop", "single-point-of-failure"),

        // owners
        new("another team for a service", "bank", "    team: team-people\n    command: node audit.js", "    team: team-loans\n    command: node audit.js", "owner-moved"),
        new("no team of its own", "bank", "    team: team-people\n    command: node audit.js", "    command: node audit.js", "owner-moved"),
        new("the team that it has anyway", "bank", "    context: ctx-people\n    command", "    context: ctx-people\n    team: team-people\n    command", "words-changed"),
        new("another team for a context", "shop", "    capability: deliver\n    team: logistics", "    capability: deliver\n    team: checkout", "owner-moved"),
        new("nobody for a context", "shop", "    capability: deliver\n    team: logistics", "    capability: deliver", "owner-moved"),
        new("a store that moves", "bank", "    owns: [db-audit]\n  svc-report:\n    context: ctx-money\n    command: node report.js\n", "  svc-report:\n    context: ctx-money\n    command: node report.js\n    owns: [db-audit]\n", "owner-moved"),
        new("an event that moves", "bank", ", EvtOfferMade: {} }\n    consumes: [EvtPersonChanged]", " }\n    consumes: [EvtPersonChanged]", "event-removed"),

        // stores
        new("a store of two", "shop", "    replicas: 2\n    api: { budget: 500ms }\n    owns: { catalog-db: { engine: sqlite, tables: [products, revision] } }", "    replicas: 2\n    api: { budget: 500ms }\n    owns: { catalog-db: { engine: sqlite, tables: [products, revision] }, orders-db: { engine: sqlite } }", "store-shared"),
        new("the tables of another", "bank", "tables: [entries]", "tables: [entries, people, addresses]", "store-changed", "store-shared"),
        new("a new store", "bank", "    owns: [db-audit]", "    owns: [db-audit, db-archive]", "store-added"),
        new("a store less", "bank", "    owns: [db-audit]\n", "", "store-removed"),
        new("another kind of store", "shop", "shipping-db: { engine: sqlite,", "shipping-db: { engine: postgresql,", "store-kind-changed"),
        new("the kind that it is anyway", "bank", "db-people: { tables", "db-people: { engine: postgresql, tables", "run-changed"),
        new("a table more", "shop", "tables: [cards, payments]", "tables: [cards, payments, refunds]", "store-changed"),
        new("a column that is no longer personal", "shop", "pii: [orders.name, orders.email, orders.address]", "pii: [orders.name, orders.email]", "classification-changed"),

        // events
        new("a new event", "bank", "    publishes: { EvtPersonChanged: { topic: people } }", "    publishes: { EvtPersonChanged: { topic: people }, EvtPersonLeft: {} }", "event-added"),
        new("another topic", "bank", "{ topic: people }", "{ topic: persons }", "event-changed"),
        new("another key", "bank", "key: loanId", "key: personId", "event-changed"),
        new("one consumer more", "bank", "    command: node report.js\n", "    command: node report.js\n    consumes: [EvtOfferMade]\n", "cross-team-dependency", "event-consumer-added"),
        new("one consumer less", "bank", "    consumes: [EvtLoanTaken, EvtOfferMade]", "    consumes: [EvtOfferMade]", "event-consumer-lost"),
        new("no consumer at all", "bank", "    consumes: [EvtPersonChanged]\n", "", "event-consumer-lost"),

        // sagas
        new("a step more", "bank", "      - { call: svc-people.check }\n", "      - { call: svc-people.check }\n      - { call: svc-people.lock, undo: svc-people.unlock }\n", "saga-step-added"),
        new("a step less", "bank", "      - { call: svc-people.check }\n", "", "saga-step-removed"),
        new("nothing that undoes it", "bank", "reserve, undo: svc-ledger.release, within", "reserve, within", "compensation-lost"),
        new("something that undoes it", "bank", "{ call: svc-people.check }", "{ call: svc-people.check, undo: svc-people.forget }", "compensation-added"),
        new("more time for a step", "bank", "within: 5s", "within: 50s", "saga-changed"),
        new("another order of steps", "bank", "      - { call: svc-people.check }\n      - { call: svc-ledger.reserve, undo: svc-ledger.release, within: 5s }\n", "      - { call: svc-ledger.reserve, undo: svc-ledger.release, within: 5s }\n      - { call: svc-people.check }\n", "saga-changed"),
        new("another driver", "bank", "    owner: svc-loans", "    owner: svc-ledger", "saga-changed"),
        new("a new saga", "bank", "sagas:\n", "sagas:\n  flow-pay: { owner: svc-ledger, steps: [svc-people.check] }\n", "saga-added"),

        // promises and APIs
        new("a lower promise", "shop", "slo: { availability: 99.95%, latency: { p99: 100ms } }\n    load: { requests: 200/s", "slo: { availability: 99.5%, latency: { p99: 100ms } }\n    load: { requests: 200/s", "slo-loosened"),
        new("a higher promise", "bank", "availability: 99.95%", "availability: 99.99%", "slo-tightened"),
        new("a faster promise", "bank", "latency: { p99: 500ms }", "latency: { p99: 400ms }", "slo-tightened"),
        new("no promise", "bank", "    slo: { availability: 99.99% }\n", "", "slo-loosened"),
        new("a larger budget", "shop", "    api: { budget: 2500ms }", "    api: { budget: 4s }", "slo-loosened"),
        new("a version less", "bank", "versions: [v1, v2]", "versions: [v2]", "api-broken"),
        new("a version more", "bank", "versions: [v1, v2]", "versions: [v1, v2, v3]", "api-extended"),
        new("a contract less", "bank", "    api: { grpc: people.proto }\n", "", "api-broken"),
        new("a contract elsewhere", "bank", "rest: loans.json", "rest: api/loans.json", "run-changed"),

        // the way in
        new("a new way in", "shop", "    - { path: \"/api/cards\", to: payments }", "    - { path: \"/api/cards\", to: payments }\n    - { path: \"/api/shipments/**\", to: shipping }", "exposed"),
        new("a way in less", "shop", "    - { path: \"/api/stock/**\", to: inventory, retries: 1 }\n", "", "route-removed", "single-point-of-failure"),
        new("another one who answers", "bank", "    - { path: \"/**\", to: svc-front }", "    - { path: \"/**\", to: svc-report }", "route-changed", "single-point-of-failure"),
        new("no scopes", "bank", "auth: { scopes: [loans.write] }, ", "", "policy-loosened"),
        new("one scope more", "bank", "scopes: [loans.write]", "scopes: [loans.write, loans.admin]", "policy-tightened"),
        new("a higher limit", "bank", "rate: 100/s", "rate: 500/s", "policy-loosened"),
        new("a lower limit", "bank", "rate: 100/s", "rate: 50/s", "policy-tightened"),
        new("a longer timeout of a route", "bank", "timeout: 2s }", "timeout: 5s }", "resilience-loosened"),
        new("fewer retries of a route", "bank", "to: svc-loans, retries: 1 }", "to: svc-loans }", "resilience-tightened"),

        // policies and platform
        new("less TLS", "bank", "mtls: permissive", "mtls: off", "policy-loosened"),
        new("more TLS", "bank", "mtls: permissive", "mtls: strict", "policy-tightened"),
        new("everybody may call everybody", "bank", "default-deny: true, ", "", "policy-loosened"),
        new("less is masked", "bank", "mask: [email, phone]", "mask: [email]", "policy-loosened"),
        new("another limit of a check", "bank", "hops: 5", "hops: 9", "limits-changed"),
        new("a rule less", "bank", "rules:\n  rule-web: { code: CW9101, because: pages do not touch money, forbid: { from: { tag: web }, to: { context: ctx-money } } }\n", "", "rule-changed"),
        new("a rule that weighs more", "bank", "because: pages do not touch money,", "because: pages do not touch money, weight: error,", "rule-changed"),
        new("one suppression more", "bank", "suppress:\n", "suppress:\n  - { finding: CW3102, at: services.svc-audit, reason: nobody wants it }\n", "suppression-added"),
        new("one suppression less", "bank", "suppress:\n  - { finding: CW2202, at: services.svc-report, reason: it is for us alone }\n", "", "suppression-removed"),
        new("another broker", "bank", "kafka: \"broker:9092\"", "rabbitmq: \"amqp://rabbit:5672\"", "platform-changed"),
        new("another mesh", "bank", "mesh: none", "mesh: istio", "platform-changed"),

        // services
        new("a new service", "bank", "jobs:\n", "  svc-mail: { context: ctx-people, command: node mail.js, publishes: [EvtMailSent] }\njobs:\n", "event-added", "service-added"),
        new("a service that calls", "bank", "jobs:\n", "  svc-mail: { context: ctx-people, command: node mail.js, calls: [svc-loans] }\njobs:\n", "context-against-map", "cross-team-dependency", "service-added"),
        new("a service less", "bank", "  svc-report:\n    context: ctx-money\n    command: node report.js\n    calls: [svc-ledger]\n", "", "service-removed"),
        new("a service in another context", "bank", "    context: ctx-money\n    command: node report.js", "    context: ctx-people\n    command: node report.js", "context-off-map", "owner-moved", "service-moved"),
        new("one replica", "bank", "    replicas: 3", "    replicas: 1", "cost-changed", "single-point-of-failure"),
        new("more replicas", "shop", "    replicas: 2", "    replicas: 3", "cost-changed"),
        new("more load", "shop", "load: { requests: 30/s", "load: { requests: 90/s", "cost-changed"),
        new("something outside", "shop", "    project: src/Orders\n", "    project: src/Orders\n    environment: { TAX: \"https://api.tax.example/v1\" }\n", "external-dependency", "run-changed"),
        new("another command", "bank", "command: node front.js", "command: node page.js", "run-changed"),
        new("another health check", "shop", "    health: /health/ready", "    health: { path: /health/ready, interval: 5s }", "run-changed"),
        new("another tag", "shop", "    owns: { payments-db: { engine: sqlite, tables: [cards, payments] } }\n    slo: { availability: 99.95%, latency: { p99: 500ms } }\n    load: { requests: 20/s, payload: 1KiB }\n    tags: [critical]", "    owns: { payments-db: { engine: sqlite, tables: [cards, payments] } }\n    slo: { availability: 99.95%, latency: { p99: 500ms } }\n    load: { requests: 20/s, payload: 1KiB }\n    tags: [pci]", "tags-changed"),

        // people and words
        new("a relation less", "shop", "      - { context: billing, as: conformist }\n", "", "context-map-changed", "context-off-map"),
        new("another pattern", "shop", "{ context: billing, as: conformist }", "{ context: billing, as: anti-corruption-layer }", "context-map-changed"),
        new("separate ways that are lived otherwise", "shop", "{ context: billing, as: conformist }", "{ context: billing, as: separate-ways }", "context-against-map", "context-map-changed"),
        new("a new context", "bank", "teams:\n  team-loans", "  ctx-tax: { kind: generic }\nteams:\n  team-loans", "context-added"),
        new("another kind of context", "shop", "    kind: core", "    kind: supporting", "context-changed"),
        new("another meaning", "shop", "      Basket: what somebody may want to buy", "      Basket: what somebody has chosen", "language-changed"),
        new("a word less", "shop", "      Basket: what somebody may want to buy\n", "", "language-changed"),
        new("one person more", "shop", "    members: [mira, tom]", "    members: [mira, tom, ben]", "team-changed"),
        new("another channel", "bank", "contact: \"#loans\"", "contact: \"#lending\"", "team-changed"),
        new("a capability more", "shop", "  deliver: {", "  return: { value: what was wrong goes back }\n  deliver: {", "capability-changed"),
        new("another journey", "shop", "    rate: 2/s", "    rate: 9/s", "journey-changed"),
        new("a step of a journey less", "bank", "      - { get: \"/api/loans/${id}\" }\n", "", "journey-changed"),
        new("another time of a job", "bank", "\"0 2 * * *\"", "\"0 3 * * *\"", "job-changed"),
        new("other words", "shop", "    description: Somebody looks around.", "    description: Somebody is curious.", "words-changed"),
        new("other words for a service", "bank", "    description: The page.", "    description: The first page.", "words-changed"),

        // names
        new("another name of the system", "bank", "system: bank", "system: lender", "renamed"),
        new("another name of a context nobody else names", "bank", "  ctx-fraud:\n", "  ctx-crime:\n", "renamed"),
        new("another name of a job", "bank", "  job-settle:", "  job-close:", "renamed"),

        // nothing
        new("a comment", "shop", "      payments: { timeout: 2s }", "      payments: { timeout: 2s }   # the bank is slow"),
        new("a default written down", "bank", "    command: node audit.js", "    command: node audit.js\n    replicas: 1"),
        new("another order", "bank", "    consumes: [EvtLoanTaken, EvtOfferMade]", "    consumes: [EvtOfferMade, EvtLoanTaken]"),
        new("another order of routes", "shop", "    - { path: \"/api/basket/**\", to: basket }\n    - { path: \"/api/orders/**\", to: orders }\n", "    - { path: \"/api/orders/**\", to: orders }\n    - { path: \"/api/basket/**\", to: basket }\n"),
        new("another form of the same", "shop", "    health: /health/ready", "    health: { path: /health/ready }"),
        new("another unit of the same", "bank", "timeout: 900ms", "timeout: 0.9s"),
        new("quotes", "bank", "system: bank", "system: \"bank\""),
    ];
}
