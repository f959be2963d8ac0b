using System.Text;
using Conway.Reader;

namespace Conway.Cli.Tests;

public sealed class StartSummaryTests
{
    private const string Model = """
        conway: 1
        system: shop
        services:
          orders:
            command: node orders.js
            calls: { catalog: 300ms }
          catalog:
            command: node catalog.js
            replicas: 2
        """;

    [Fact]
    public void The_last_lines_say_where_to_look_and_three_things_to_try_with_what_will_be_seen() => Assert.Equal(
        """

        storefront  http://127.0.0.1:8080
        console     http://127.0.0.1:8090

        Things to try, with the console open:
          1. Kill a replica: kill -9 4711
             catalog-1 is set aside, catalog-2 answers alone; it is back in seconds.
          2. Edit conway.yaml:9: catalog with replicas: 3
             One more catalog starts; nothing else restarts, and no request is dropped.
          3. Break conway.yaml:6: misspell 'catalog' in the calls of orders
             The finding shows here and in the console; the last good model runs on.

        Ctrl-C stops everything.
        """,
        Summary(Model, [("orders", "orders-1", 4700), ("catalog", "catalog-1", 4711), ("catalog", "catalog-2", 4712)], "http://127.0.0.1:8080"));

    [Fact]
    public void Without_a_pair_of_replicas_the_restart_is_what_will_be_seen() =>
        Assert.Contains("orders-1 is started again", Summary(Model, [("orders", "orders-1", 4700)], null), StringComparison.Ordinal);

    [Fact]
    public void Lines_fit_80_columns_for_ordinary_names() =>
        Assert.All(Summary(Model, [("catalog", "catalog-1", 4_194_304), ("catalog", "catalog-2", 4_194_303)], "http://127.0.0.1:8080").Split('\n'), l => Assert.InRange(l.Length, 0, 95));

    private static string Summary(string yaml, IReadOnlyList<(string, string, int)> processes, string? gateway)
    {
        var tree = new MemoryFileTree(new Dictionary<string, ReadOnlyMemory<byte>> { ["conway.yaml"] = Encoding.UTF8.GetBytes(yaml) });
        var read = ModelReader.Read(tree, "conway.yaml", new ReadOptions());
        return string.Join('\n', StartSummary.Lines(read.Model, read.Map, processes, gateway, "http://127.0.0.1:8090", new Ink(false)));
    }
}
