namespace Conway.Review.Tests;

public sealed class ReviewerTests
{
    [Fact]
    public void The_same_model_has_no_changes()
    {
        Assert.Empty(Reviewing.Review(Reviewing.Bank, Reviewing.Bank));
        Assert.Empty(Reviewing.Review(Reviewing.Shop, Reviewing.Shop));
    }

    [Fact]
    public void A_model_in_one_file_is_the_same_as_in_several()
    {
        var one = Reviewing.Shop["conway.yaml"].Replace("include: [teams.yaml, \"services/*.yaml\"]", "", StringComparison.Ordinal) + "\n" + Reviewing.Shop["teams.yaml"]
            + "\n" + Reviewing.Shop["services/assortment.yaml"] + string.Concat(new[] { "checkout", "logistics" }.Select(f => Reviewing.Shop[$"services/{f}.yaml"].Replace("services:\n", "", StringComparison.Ordinal)));
        Assert.Empty(Reviewing.Review(Reviewing.Shop, Reviewing.One(one)));
    }

    [Fact]
    public void Everything_is_new_when_there_was_nothing()
    {
        var changes = Reviewing.Review("conway: 1\nsystem: bank\n", Reviewing.Bank);
        Assert.Equal(6, changes.Count(c => c.Class.Id == "service-added"));
        Assert.DoesNotContain(changes, c => c.Class == ChangeCatalog.Other || c.Class == ChangeCatalog.Renamed);
        Assert.All(changes, c => Assert.Null(c.PathBefore is { } path && path.StartsWith("services", StringComparison.Ordinal) ? path : null));
    }

    [Fact]
    public void Twice_the_same_question_is_answered_byte_for_byte_alike()
    {
        var head = Reviewing.Bank.Replace("svc-ledger", "svc-books", StringComparison.Ordinal).Replace("replicas: 3", "replicas: 1", StringComparison.Ordinal);
        Assert.Equal(Reviewing.Review(Reviewing.Bank, head).Text(), Reviewing.Review(Reviewing.Bank, head).Text());
    }

    [Fact]
    public void A_hop_is_told_with_its_row_and_its_product()
    {
        var head = Reviewing.Bank.Replace("    drain: 20s", "    drain: 20s\n    calls: { svc-ledger: { timeout: 100ms, retries: 1, required: true } }", StringComparison.Ordinal);
        var hop = Assert.Single(Reviewing.Review(Reviewing.Bank, head), c => c.Class == ChangeCatalog.CriticalPathHop);
        Assert.Equal("'svc-people' waits for 'svc-ledger' on journey 'way-borrow', journey 'way-look', and cannot answer without it.", hop.Message);
        Assert.Equal(
            [
                "wait of 'svc-people' for 'svc-ledger': none => 200ms = 100ms x 2",
                "calls in a row, journey 'way-borrow': 1: svc-loans -> svc-ledger => 2: svc-loans -> svc-people -> svc-ledger",
                "availability of journey 'way-borrow': 99.8501%: svc-loans 99.9% x svc-people 99.95% => 99.8401%: svc-loans 99.9% x svc-people 99.95% x svc-ledger 99.99%",
                "calls in a row, journey 'way-look': 2: svc-front -> svc-loans -> svc-ledger => 3: svc-front -> svc-loans -> svc-people -> svc-ledger",
                "availability of journey 'way-look': 99.7502%: svc-front 99.9% x svc-loans 99.9% x svc-people 99.95% => 99.7402%: svc-front 99.9% x svc-loans 99.9% x svc-people 99.95% x svc-ledger 99.99%",
            ],
            hop.Figures.Select(f => $"{f.Name}: {f.TextBefore} => {f.TextAfter}"));
        Assert.Equal(["team team-money", "team team-people"], hop.Deciders.Select(d => d.ToString()));
        Assert.Equal(61, hop.Place!.Value.Line);
    }

    [Fact]
    public void A_service_cut_in_two_is_split_and_read_backwards_merged()
    {
        const string Whole = """
            conway: 1
            system: shop
            services:
              sales: { command: node sales.js, replicas: 3, owns: { sales-db: { tables: [orders, invoices] } }, publishes: [OrderPlaced], calls: [mail] }
              mail: { command: node mail.js }
            """;
        const string Parts = """
            conway: 1
            system: shop
            services:
              orders: { command: node orders.js, owns: { orders-db: { tables: [orders] } }, publishes: [OrderPlaced] }
              billing: { command: java billing, tags: [pci], owns: { billing-db: { tables: [invoices] } }, calls: [mail] }
              mail: { command: node mail.js }
            """;
        Assert.Equal("'sales' is split into 'billing' and 'orders', which share what it owned and published.", Assert.Single(Reviewing.Review(Whole, Parts), c => c.Class == ChangeCatalog.ServiceSplit).Message);
        Assert.Equal("'billing' and 'orders' are merged into 'sales', which owns and publishes what they did.", Assert.Single(Reviewing.Review(Parts, Whole), c => c.Class == ChangeCatalog.ServiceMerged).Message);
        Assert.DoesNotContain(Reviewing.Review(Whole, Parts), c => c.Class == ChangeCatalog.ServiceAdded || c.Class == ChangeCatalog.ServiceRemoved);
    }

    [Fact]
    public void What_is_taken_out_of_a_service_that_stays_is_split_off_it()
    {
        var head = Reviewing.Bank.Replace("tables: [loans, offers, rates]", "tables: [loans, offers]", StringComparison.Ordinal)
            .Replace("jobs:\n", "  svc-rates: { context: ctx-lending, command: node rates.js, owns: { db-rates: { tables: [rates] } } }\njobs:\n", StringComparison.Ordinal);
        Assert.Equal("'svc-rates' is split off 'svc-loans': it owns and publishes what was the other's.", Assert.Single(Reviewing.Review(Reviewing.Bank, head), c => c.Class == ChangeCatalog.ServiceSplit).Message);
        Assert.Equal("'svc-rates' is merged into 'svc-loans', which owns and publishes what it did.", Assert.Single(Reviewing.Review(head, Reviewing.Bank), c => c.Class == ChangeCatalog.ServiceMerged).Message);
    }

    [Fact]
    public void A_secret_is_compared_and_never_told()
    {
        var changes = Reviewing.Review(Reviewing.Bank, Reviewing.Bank.Replace("hunter2", "hunter3", StringComparison.Ordinal));
        var change = Assert.Single(changes);
        Assert.Equal("run-changed", change.Class.Id);
        Assert.DoesNotContain("hunter", changes.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_an_environment_has_is_told_with_its_name()
    {
        var plain = Reviewing.Review(Reviewing.Bank, Reviewing.Bank.Replace("replicas: 3", "replicas: 4", StringComparison.Ordinal));
        var there = Reviewing.Review(Reviewing.Bank, Reviewing.Bank.Replace("replicas: 3", "replicas: 4", StringComparison.Ordinal).Replace("mtls: permissive", "mtls: off", StringComparison.Ordinal));
        var joined = Reviewer.Join(plain, [KeyValuePair.Create("production", there)]);
        Assert.Equal([("policy-loosened", "production"), ("cost-changed", null)], joined.Select(c => (c.Class.Id, c.Environment)));
    }

    [Fact]
    public void Classes_are_named_once_and_the_gravest_come_first()
    {
        Assert.Equal(ChangeCatalog.All.Count, ChangeCatalog.All.Select(c => c.Id).Distinct().Count());
        Assert.Equal(ChangeCatalog.All.OrderByDescending(c => c.Severity).Select(c => c.Severity), ChangeCatalog.All.Select(c => c.Severity));
        Assert.All(ChangeCatalog.All, c => Assert.Matches("^[a-z]+(-[a-z]+)*$", c.Id));
        Assert.All(ChangeCatalog.All, c => Assert.True(c.Why.EndsWith('.') && c.Ask.Length > 0 && c.Decides.Length > 0, c.Id));
    }

    [Fact]
    public void A_chain_of_many_services_is_reviewed_without_ending_the_process()
    {
        var services = string.Concat(Enumerable.Range(0, 2000).Select(i => $"  s{i}: {{ command: run{i}{(i < 1999 ? $", calls: [s{i + 1}]" : "")} }}\n"));
        var yaml = $"conway: 1\nsystem: long\nservices:\n{services}gateway: {{ routes: [{{ path: \"/**\", to: s0 }}] }}\n";
        var changes = Reviewing.Review(yaml, yaml.Replace("  s1999: { command: run1999 }", "  s1999: { command: run1999, calls: [s0] }", StringComparison.Ordinal));
        Assert.Contains(changes, c => c.Class == ChangeCatalog.CycleCreated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_left_of_a_broken_model_is_reviewed_without_a_fault(int seed)
    {
        // Lines that are gone, twice there or mixed up: the reader makes the best of them, and the reviewer of that.
        var random = new Random(seed);
        var rounds = Environment.GetEnvironmentVariable("CONWAY_TEST_LONG") is null ? 60 : 5000;
        var before = Broken(Reviewing.Bank, random);
        for (var round = 0; round < rounds; round++)
        {
            var after = Broken(Reviewing.Bank, random);
            var changes = Reviewer.Review(before, after);
            Assert.DoesNotContain(changes, c => c.Class == ChangeCatalog.Other);
            Assert.Empty(Reviewer.Review(after, after));
            before = after;
        }
    }

    [Fact]
    public void Keys_that_look_alike_are_kept_apart()
    {
        const string Yaml = """
            conway: 1
            system: shop
            services: { a: { command: run } }
            gateway:
              routes:
                - { path: /x, headers: { h: "1" }, to: a }
                - { path: /x, headers: { h: "1" }, to: a, retries: 1 }
                - { path: /x, headers: { h: "1 #2" }, to: a, retries: 2 }
            """;
        Assert.Empty(Reviewing.Review(Yaml, Yaml));
        Assert.Equal(["resilience-loosened"], Reviewing.Review(Yaml, Yaml.Replace("retries: 2", "retries: 3", StringComparison.Ordinal)).Ids());
    }

    [Fact]
    public void Hundreds_of_services_that_are_all_renamed_are_renamed()
    {
        string Model(string prefix) => $"conway: 1\nsystem: large\nteams:\n{string.Concat(Enumerable.Range(0, 60).Select(i => $"  {prefix}t{i}: {{}}\n"))}services:\n" + string.Concat(Enumerable.Range(0, 300).Select(i =>
            $"  {prefix}s{i}: {{ command: run, team: {prefix}t{i % 60}, replicas: {1 + (i % 7)}, calls: [{string.Join(", ", new[] { (i * 7) + 1, (i * 3) + 2 }.Distinct().Where(c => c > i && c < 300).Select(c => $"{prefix}s{c}"))}] }}\n"));
        var changes = Reviewing.Review(Model("a"), Model("b"));
        Assert.All(changes, c => Assert.True(c.Class == ChangeCatalog.Renamed, c.Message));
        Assert.Equal(360, changes.Count);
    }

    private static ReviewedState Broken(string yaml, Random random)
    {
        var lines = yaml.Split('\n').ToList();
        for (var count = random.Next(1, 9); count > 0; count--)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(4))
            {
                case 0: lines.RemoveAt(at); break;
                case 1: lines.Insert(at, lines[random.Next(lines.Count)]); break;
                case 2: lines[at] = lines[at].Replace("svc-ledger", "svc-books", StringComparison.Ordinal).Replace("team-money", "team-people", StringComparison.Ordinal); break;
                default: lines[at] = lines[at].Replace("svc-", "Svc ", StringComparison.Ordinal).Replace(": ", ":", StringComparison.Ordinal); break;
            }
        }

        var read = Conway.Reader.ModelReader.Read(new Conway.Reader.MemoryFileTree(Reviewing.One(string.Join('\n', lines))), "conway.yaml", new Conway.Reader.ReadOptions());
        return new ReviewedState(read.Model, read.Map);
    }
}
