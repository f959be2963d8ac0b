namespace Conway.Telemetry.Scraping;

/// <summary>What all series of one name have in common.</summary>
/// <param name="Name">Without <c>_total</c> and the like: <c>http_server_request_duration_seconds</c>.</param>
/// <param name="Type">What its samples are.</param>
/// <param name="Unit"><c>seconds</c>; the name ends in it. Empty when there is none.</param>
/// <param name="Help">One sentence for a person.</param>
internal sealed record Family(string Name, FamilyType Type, string Unit, string Help)
{
    /// <summary>Every name that its samples have, in one of the formats: no other family may have one of them.</summary>
    public IEnumerable<string> SampleNames => Type switch
    {
        FamilyType.Counter => [Name, Name + "_total", Name + "_created"],
        FamilyType.Histogram => [Name, Name + "_bucket", Name + "_sum", Name + "_count", Name + "_created"],
        FamilyType.Summary => [Name, Name + "_sum", Name + "_count", Name + "_created"],
        FamilyType.Info => [Name, Name + "_info"],
        _ => [Name],
    };
}

/// <summary>The types of OpenMetrics that are used.</summary>
internal enum FamilyType
{
    /// <summary>Only grows; its sample ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Cumulative buckets, sum and count.</summary>
    Histogram,

    /// <summary>Quantiles, sum and count.</summary>
    Summary,

    /// <summary>Labels that say something, with the value 1.</summary>
    Info,
}
