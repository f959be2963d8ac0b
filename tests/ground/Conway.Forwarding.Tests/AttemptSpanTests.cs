using System.Diagnostics;
using Conway.Traffic;
using Microsoft.AspNetCore.Http;
using Endpoint = Conway.Traffic.Endpoint;

namespace Conway.Forwarding.Tests;

public sealed class AttemptSpanTests
{
    private const string NotSampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_attempt_whose_trace_is_not_sampled_or_that_nobody_listens_to_costs_no_memory(bool isListenedTo)
    {
        using var source = new ActivitySource("Conway.Test.Attempts");
        using var listener = new ActivityListener
        {
            ShouldListenTo = other => isListenedTo && other == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var spans = new AttemptSpans(source, "a", "b");
        var exchange = Exchange(isListenedTo ? NotSampled : NotSampled[..^1] + "1");
        for (var warm = 0; warm < 1000; warm++)
        {
            Assert.Null(spans.Begin(exchange));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            spans.Begin(exchange);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Exchange Exchange(string traceParent)
    {
        var http = new DefaultHttpContext { Request = { Method = "GET", Headers = { TraceParent = traceParent } } };
        var pool = new EndpointPool("a → b", CallPolicy.Default, [new Endpoint("b-1", "127.0.0.1:1")], new SeededDraw(0), null, TimeSpan.Zero);
        return new Exchange(http, pool, ExchangeKind.Plain, "/", Deadline.None, new NoDress());
    }

    private sealed class NoDress : IRequestDress
    {
        public bool IsWithheld(string name) => false;

        public void Add(Exchange exchange, System.Net.Http.Headers.HttpRequestHeaders headers)
        {
        }
    }
}
