namespace Conway.Reader.Tests;

public sealed class ModelExplainerTests
{
    private static readonly ReadResult Shop = Read.Model("""
        conway: 1
        system: shop
        services:
          orders: { project: src/A, calls: { catalog: { timeout: 300ms } } }
          catalog: { command: node catalog.js }
        gateway:
          routes: [{ path: /a, to: orders }]
        """);

    [Fact]
    public void A_key_is_explained_with_its_value_and_where_it_was_written() =>
        Assert.Equal(
            """
            services.orders.calls.catalog.timeout
              How long one attempt may take. Unset: the budget decides; without one 30s, and finding CW2103.
              type     duration
              bounds   1ms to 5m
              example  300ms
              here     300ms   (conway.yaml:4:49)

            """, ModelExplainer.Explain("services.orders.calls.catalog.timeout", Shop).Explanation?.ToString());

    [Fact]
    public void A_key_that_was_not_written_has_its_default() =>
        Assert.Equal(
            """
            services.orders.calls.catalog.balance
              How an instance is chosen.
              type     peak-ewma, least-request, round-robin
              default  peak-ewma
              here     peak-ewma   (default)
                peak-ewma      The better of two random instances by latency times requests in flight (Finagle's and Linkerd's P2C peak EWMA).
                least-request  The better of two random instances by requests in flight.
                round-robin    Each in turn.

            """, ModelExplainer.Explain("services.orders.calls.catalog.balance", Shop).Explanation?.ToString());

    [Theory]
    [InlineData("services.*.replicas", "How many of it run side by side.")]
    [InlineData("gateway.routes[].to", "The service that answers.")]
    [InlineData("gateway.routes[0].to", "The service that answers.")]
    [InlineData("services", "The parts that run.")]
    [InlineData("services.orders", "One of 'services'. The parts that run.")]
    [InlineData("", "The whole model.")]
    public void A_path_may_name_the_model_or_the_schema_alone(string path, string about) =>
        Assert.Equal(about, ModelExplainer.Explain(path, Shop).Explanation?.About);

    [Fact]
    public void Without_a_model_the_schema_is_explained()
    {
        var explanation = ModelExplainer.Explain("services.*.calls.*.retries", null).Explanation!;
        Assert.Equal(("0", "0 to 10", null, null), (explanation.Default, explanation.Bounds, explanation.Value, explanation.Place));
    }

    [Theory]
    [InlineData("services.ordres.calls", "services.orders.calls")]
    [InlineData("services.orders.call", "services.orders.calls")]
    [InlineData("gateway.rotes[0]", "gateway.routes[0]")]
    [InlineData("nonsense.x", null)]
    [InlineData("gateway.routes[7].to", null)]
    [InlineData("..[", null)]
    public void A_path_that_leads_nowhere_is_answered_by_the_one_that_was_meant(string path, string? meant) =>
        Assert.Equal((null, meant), ModelExplainer.Explain(path, Shop));

    [Fact]
    public void Every_key_of_the_schema_can_be_explained()
    {
        var paths = new Queue<string>([""]);
        var count = 0;
        while (paths.TryDequeue(out var path))
        {
            count++;
            var explanation = ModelExplainer.Explain(path, null).Explanation;
            Assert.True(explanation is not null, path);
            foreach (var (name, _) in explanation.Parts.Where(p => p.Name.Length > 0 && explanation.Type is not "text" && !explanation.Type.Contains(p.Name)))
            {
                paths.Enqueue(path.Length == 0 ? name : name.StartsWith('[') ? path + name : $"{path}.{name}");
            }
        }

        Assert.True(count > 120, $"{count}");
    }
}
