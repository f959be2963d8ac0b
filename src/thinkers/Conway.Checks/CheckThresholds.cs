namespace Conway.Checks;

/// <summary>Every number a check compares with, in one place.</summary>
public sealed record CheckThresholds
{
    /// <summary>The numbers used unless somebody says otherwise.</summary>
    public static CheckThresholds Default { get; } = new();

    /// <summary>Most synchronous calls one after another behind one request. Default 4: at 99.9 % a hop, five hops promise
    /// 0.999⁵ ≈ 99.5 %, and every hop adds its tail to the latency.</summary>
    public int SynchronousHopsMax { get; init; } = 4;

    /// <summary>Most requests that one request may become by retries along a chain, Π(1 + retries). Default 8: two services that
    /// each retry twice already make 9. Google's SRE book (ch. 22, "Addressing Cascading Failures") reckons 64 for three
    /// layers of three retries.</summary>
    public double RetryAmplificationMax { get; init; } = 8;

    /// <summary>Most findings of one kind where one mistake can show in many ways (cycles, chains). Default 20; the last one says that there are more.</summary>
    public int FindingsPerRuleMax { get; init; } = 20;
}
